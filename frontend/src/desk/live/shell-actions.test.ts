import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { RoomConnection } from "../../live/room-connection.svelte";
import type { DeskCommand, Item, Note, Seen, Timer } from "../../engine/types";
import { setWords } from "../../words";
import { Driver } from "../driver.svelte";
import type { Action } from "../part";
import type { Clock } from "./clock";
import { primaryOf } from "./primary";
import { go, groupsOf, hereActions, keyed, wallActions, type Shell } from "./shell-actions";

beforeEach(() => setWords("da", da));

/** A meeting of three activities whose second is live. */
function meeting(changes: { workshop?: object; wall?: object; role?: string } = {}) {
  const board = new Board();
  let seq = 0;
  const tell = (...records: object[]) => {
    seq += 1;
    const held = records.map((record) => ({ seq, record: record as Seen }));
    board.apply({ type: "changes", epoch: "e", seq, all: false, activity: null, records: held, gone: [] });
  };
  const item = (id: string, position: number, state: string) => ({
    ...{ kind: "item", id, workshop: "w", activity: "clustering", title: `Punkt ${id}`, minutes: 5 },
    ...{ position, settings: { of: "q" }, state, started_at: null, ended_at: null },
  });
  tell(
    { kind: "workshop", id: "w", state: "live", live: "b", title: "Møde", ...changes.workshop },
    {
      kind: "wall",
      id: "wall:w",
      black: false,
      join: false,
      forward: null,
      size: "M",
      page: 0,
      ...changes.wall,
    },
    ...[item("a", 1, "done"), item("b", 2, "live"), item("c", 3, "planned")],
    ...["n1", "n2"].map((id) => ({ kind: "note", id, activity: "q", text: id, face: "up", theme: null })),
  );
  const sent: Omit<DeskCommand, "id">[] = [];
  const connection = {
    role: changes.role ?? "facilitator",
    now: () => 0,
    presence: { phones: 9, screens: 1, done: 0, held: [], leaves: [] },
    do: ({ id: _, ...command }: DeskCommand) => {
      sent.push(command);
      return Promise.resolve({ stored: true, told: [] });
    },
  };
  const driver = new Driver("w", board, connection as unknown as RoomConnection);
  const opened: string[] = [];
  const shell = (more: Partial<Shell> = {}): Shell => ({
    ...{ driver, own: [], clock: null, found: [] },
    open: (panel) => void opened.push(panel),
    add: () => void opened.push("add"),
    toggleScript: () => void opened.push("script"),
    ...more,
  });
  return { driver, shell, sent, opened, tell };
}
const own = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  run: () => undefined,
  ...more,
});

it("the primary moves on to the next activity and says what comes after it", async () => {
  const at = meeting();
  const primary = primaryOf(at.shell());
  expect(primary).toMatchObject({ id: "next", label: "Videre: Punkt c", after: da["desk.next.end"] });
  await primary?.run();
  expect(at.sent).toEqual([{ type: "agenda.go", item: "c" }]);
});

it("what the part has first comes first, with the next activity under it", () => {
  const primary = primaryOf(meeting().shell({ own: [own("first", { primary: true })] }));
  expect(primary?.id).toBe("first");
  expect(primary?.after).toContain("Punkt c");
});

it("before the meeting it starts the first activity, with no agenda it asks for one, looking back it returns", () => {
  expect(primaryOf(meeting({ workshop: { state: "draft", live: null } }).shell())?.id).toBe("start");
  const back = meeting();
  back.driver.looking = "a";
  expect(primaryOf(back.shell())?.id).toBe("here");
  expect(primaryOf(meeting({ workshop: { state: "ended", live: null } }).shell())?.id).toBe("summary");
});

it("F4 only a facilitator ends the meeting", async () => {
  const last = { workshop: { live: "c" } };
  const member = primaryOf(meeting({ ...last, role: "member" }).shell());
  expect(member?.disabled).toBe(da["refused.role"]);
  const at = meeting(last);
  await primaryOf(at.shell())?.run();
  expect(at.opened).toEqual(["end"]);
});

it("going on takes down what was shown large, and the code at the first activity", async () => {
  const at = meeting({ workshop: { state: "draft", live: null }, wall: { join: true, forward: "n1" } });
  await go(at.driver, at.driver.items[0] as Item);
  expect(at.sent.slice(1)).toEqual([
    { type: "wall.change", workshop: "w", join: false },
    { type: "wall.change", workshop: "w", forward: null },
  ]);
});

it("P2.2 H hides what is picked, else the first note to look at, and shows again what is hidden", async () => {
  const at = meeting();
  const hide = (shell: Shell) => hereActions(shell).find(({ key }) => key === "H");
  expect(hide(at.shell())?.disabled).toBe(da["desk.hide.none"]);
  const found = [{ note: at.driver.board.one("note", "n2") as Note, why: "name" as const }];
  await hide(at.shell({ found }))?.run();
  expect(at.sent.at(-1)).toMatchObject({ type: "notes.hide", note: "n2" });
  at.tell({ kind: "note", id: "n1", activity: "q", text: "n1", face: "hidden", theme: null });
  at.driver.selection.only("n1");
  expect(hide(at.shell({ found }))?.label).toBe(da["desk.hide.off"]);
  await hide(at.shell({ found }))?.run();
  expect(at.sent.at(-1)).toMatchObject({ type: "notes.show", note: "n1" });
});

it("F shows large what is picked, and takes it down when it is up", async () => {
  const at = meeting();
  const large = () => wallActions(at.shell()).find(({ key }) => key === "F");
  expect(large()?.disabled).toBe(da["desk.forward.none"]);
  at.driver.selection.only("n1");
  await large()?.run();
  expect(at.sent.at(-1)).toMatchObject({ forward: "n1" });
  at.tell({ ...(at.driver.wall as object), forward: "n1" });
  expect(large()?.label).toBe(da["desk.forward.off"]);
  await large()?.run();
  expect(at.sent.at(-1)).toMatchObject({ forward: null });
});

it("the part's own action by a key comes before the desk's, and the list has each key once", () => {
  const at = meeting();
  const timer = { kind: "timer", id: "timer:b", activity: "b", state: "stopped" } as unknown as Timer;
  const clock: Clock = { activity: "b", minutes: 5, ready: true, timer };
  const shell = at.shell({ clock, own: [own("mine", { key: "H" }), own("first", { primary: true })] });
  expect(keyed(shell, "H")?.id).toBe("mine");
  expect(keyed(shell, "P")?.id).toBe("pause");
  expect(keyed(shell, "+")).toBeUndefined();
  const keys = groupsOf(shell).flatMap(({ actions }) => actions.flatMap(({ key }) => key ?? []));
  expect(keys.length).toBe(new Set(keys).size);
  expect(keys.filter((key) => key === "Enter")).toHaveLength(1);
});

it("after the meeting nothing is undone, timed or shown", () => {
  const shell = meeting({ workshop: { state: "ended", live: null } }).shell();
  const [here, clock, wall, all] = groupsOf(shell);
  expect(here?.actions.map(({ id }) => id)).toEqual(["summary"]);
  expect([clock?.actions, wall?.actions]).toEqual([[], []]);
  expect(all?.actions.some(({ id }) => id === "end")).toBe(false);
});
