/**
 * U9: the label of the primary button, face by face and state by state. `primary.golden.txt` is the table to read; `npx
 * vitest run src/desk/live/primary.test.ts -u` rewrites it.
 */
import { beforeEach, describe, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { Sorting } from "../../activities/clustering/desk-sorting.svelte";
import { WHY_PARTS } from "../../contract/why.gen";
import { Board } from "../../engine/board.svelte";
import type { ActivityName, DeskCommand, Seen } from "../../engine/types";
import type { RoomConnection } from "../../live/room-connection.svelte";
import { setWords } from "../../words";
import { Handed } from "../../parts/by_link/handed.svelte";
import { Driver } from "../driver.svelte";
import type { Question } from "../part";
import { router } from "../route.svelte";
import { parts } from "./parts";
import { primaryOf } from "./primary";
import { ACT } from "../../../tests/primary/act";
import { CHOOSE } from "../../../tests/primary/choose";
import { GATHER } from "../../../tests/primary/gather";
import { anonymous, note, wall, why, writing, type State } from "../../../tests/primary/made";
import type { Shell } from "./shell-actions";

const STATES: readonly State[] = [...GATHER, ...CHOOSE, ...ACT];

function at(state: State) {
  const { kind = "notes", settings = {}, records = [], last = false, workshop, leaves = [] } = state;
  const board = new Board();
  board.home = "w";
  const item = (id: string, position: number, of: string, its: object, how: string) => ({
    ...{ kind: "item", id, workshop: "w", activity: of, title: `Punkt ${id}`, minutes: 10, position },
    ...{ settings: its, state: how, started_at: null, ended_at: null },
  });
  const items = state.items ?? [
    item("q", 1, "notes", anonymous, "done"),
    item("it", 2, kind, settings, workshop ? "planned" : "live"),
    ...(last ? [] : [item("næste", 3, "influence", { of: [] }, "planned")]),
  ];
  const told = [
    {
      kind: "workshop",
      id: "w",
      state: "live",
      live: "it",
      title: "Møde",
      process: "p",
      cycle: 1,
      ...workshop,
    },
    ...(records.some((one) => (one as { kind: string }).kind === "wall") ? [] : [wall({})]),
    ...items,
    ...records,
  ];
  const held = told.map((record, at) => ({ seq: at + 1, record: record as Seen }));
  board.apply({ type: "changes", epoch: "e", seq: 99, all: false, activity: null, records: held, gone: [] });
  const effects: string[] = [];
  const connection = {
    ...{ role: state.role ?? "facilitator", now: () => 0, hold: () => undefined },
    presence: {
      ...{ phones: 9, screens: 1, held: [] },
      leaves: leaves.map((leaf) => ({ item: "it", page: 0, pages: 2, to: 0, until: 0, of: 33, ...leaf })),
    },
    do: ({ type }: DeskCommand) => {
      effects.push(type);
      return Promise.resolve({ stored: true, told: [] });
    },
  };
  const driver = new Driver("w", board, connection as unknown as RoomConnection);
  driver.ask = (question: Question) => {
    effects.push(`spørger: ${question.title}`);
    return Promise.resolve(null);
  };
  driver.looking = state.looking ?? null;
  driver.selection.set(state.picked ?? []);
  const { shown } = driver;
  const context = shown && driver.context(shown);
  const sorting = context?.state(Sorting);
  if (sorting) state.on?.(sorting);
  if (context && state.handed) context.state(Handed).on = true;
  const part = shown && parts[shown.activity];
  const shell: Shell = {
    ...{ driver, clock: null, found: [] },
    own: part && context && !driver.ended ? part.actions(context) : [],
    left: part && context ? part.left?.(context) : undefined,
    open: (panel) => void effects.push(`åbner ${panel}`),
    add: () => void effects.push("åbner ny aktivitet"),
    toggleScript: () => undefined,
  };
  return { shell, effects, sorting, driver };
}

beforeEach(() => {
  setWords("da", da);
  vi.stubGlobal("open", () => null);
});

const name = ({ kind, says }: State) => (kind && !says.startsWith("mødet") ? `${kind}: ${says}` : says);

describe("U9 the primary button", () => {
  it("U9 is listed for every kind", () => {
    const told = new Set(STATES.map(({ kind }) => kind));
    expect(Object.keys(parts).filter((kind) => !told.has(kind as ActivityName))).toEqual([]);
  });

  it("U9 says the next unfinished thing in every face and state", async () => {
    const lines = STATES.map((state) => {
      const primary = primaryOf(at(state).shell);
      const look = primary?.disabled ? "kan ikke" : primary?.quiet ? "omrids" : "fyldt";
      return `${name(state)}\n    [${look}] ${primary?.label ?? "–"} | ${primary?.disabled ?? primary?.after ?? ""}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot("./primary.golden.txt");
  });

  it.each(STATES.map((state) => [name(state), state] as const))(
    "U9 it does that, and never only moves the focus: %s",
    async (_, state) => {
      const { shell, effects, sorting, driver } = at(state);
      const primary = primaryOf(shell);
      expect(primary?.label).toBeTruthy();
      expect(shell.own.filter((action) => action.primary).length).toBeLessThanOrEqual(1);
      if (primary === null || primary.disabled) return;
      const open = vi.fn(() => null);
      vi.stubGlobal("open", open);
      router.go("/w/w");
      const before = [sorting?.naming, sorting?.answering, driver.looking, driver.said, router.route];
      await primary.run();
      const moved = [sorting?.naming, sorting?.answering, driver.looking, driver.said, router.route].some(
        (one, at) => one !== before[at],
      );
      expect(effects.length > 0 || moved || open.mock.calls.length > 0).toBe(true);
    },
  );

  it("U9 ends the meeting in an outline until there is nothing left to do", () => {
    for (const state of STATES) {
      const { shell } = at(state);
      const primary = primaryOf(shell);
      if (primary?.id === "end" && shell.left !== undefined) expect(primary.quiet).toBe(true);
    }
    const skipped = at({
      ...{ says: "", kind: "why", records: why(WHY_PARTS.length), last: true },
      items: [
        {
          kind: "item",
          id: "før",
          workshop: "w",
          activity: "notes",
          title: "Før",
          minutes: 5,
          position: 1,
          settings: anonymous,
          state: "planned",
          started_at: null,
          ended_at: null,
        },
        {
          kind: "item",
          id: "it",
          workshop: "w",
          activity: "action_plan",
          title: "Nu",
          minutes: 5,
          position: 2,
          settings: { view: "status" },
          state: "live",
          started_at: null,
          ended_at: null,
        },
      ],
    });
    expect(primaryOf(skipped.shell)).toMatchObject({
      id: "end",
      quiet: true,
      after: "I mangler 1 aktivitet",
    });
  });

  it("U8 turns the wall to what the room has not seen, and puts back the note that held the page", async () => {
    const { shell, driver } = at({
      ...{ says: "", kind: "notes", settings: anonymous, leaves: [{ to: 18, until: 33 }] },
      records: [writing("turned"), note("a", "up"), wall({ forward: "a" })],
    });
    const sent: object[] = [];
    driver.connection.do = ((command: object) => {
      sent.push(command);
      return Promise.resolve({ stored: true, told: [] });
    }) as unknown as RoomConnection["do"];
    await primaryOf(shell)?.run();
    expect(sent[0]).toMatchObject({ type: "wall.change", page: 1, forward: null });
  });
});
