/**
 * The desk's actions regardless of what is shown: undo, the clock, the wall, the meeting, and the one primary action.
 * They depend only on the meeting and on the shown part; the screen draws them.
 */
import { remaining } from "../../engine/clock.svelte";
import type { Item, Note, Step, Wall } from "../../engine/types";
import type { MenuItem } from "../../ui/Menu.svelte";
import { reason, t } from "../../words";
import { fill, fills, mayFill } from "../../ui/full-screen";
import { hide } from "../../parts/notes/desk-actions";
import { api } from "../api";
import { didWords, type Driver } from "../driver.svelte";
import type { Found } from "../look";
import type { Action } from "../part";
import { clockOrder, press, type Clock, type ClockKey } from "./clock";
import { leavesOf, pageBack, pageOn, turnTo } from "./pages";
import { endOf, primaryOf } from "./primary";

export type Panel = "join" | "all" | "keys" | "links" | "days" | "end";

/** What the actions depend on, and what they control on the screen. */
export interface Shell {
  readonly driver: Driver;
  /** What the part that is shown offers. */
  readonly own: readonly Action[];
  /** What is unfinished that no single press would finish. */
  readonly left?: string | undefined;
  readonly clock: Clock | null;
  /** U17: what comes before the first activity, if the meeting is not open yet. */
  readonly first?: Action | undefined;
  /** A13: notes to look at. */
  readonly found: readonly Found[];
  open(panel: Panel): void;
  /** Asks for a new item of the agenda. */
  add(): void;
  toggleScript(): void;
}

/** U7: how the walls can be lit. */
export const LIGHTS = ["auto", "light", "dark"] as const satisfies readonly Wall["light"][];

/** Go to an item: removes what is shown large and, at the first one, the code from the wall. */
export async function go(driver: Driver, item: Item): Promise<void> {
  const first = driver.workshop?.state === "draft";
  const answer = await driver.send({ type: "agenda.go", item: item.id });
  if (!answer.stored) return;
  driver.looking = null;
  if (first && driver.wall?.join) await change(driver, { join: false });
  if (driver.wall?.forward) await change(driver, { forward: null });
}

/** Black or not; when it is black, that is announced. */
export async function black(driver: Driver): Promise<void> {
  const now = !(driver.wall?.black ?? false);
  const answer = await change(driver, { black: now });
  if (answer.stored && now) driver.announce(t("desk.black.on_now"));
}

export function openSummary(driver: Driver): void {
  window.open(api.summary(driver.id, "html"), "_blank", "noopener");
}

/** A rehearsal has no summary: nothing of it is kept. */
export const summaryMenu = (driver: Driver, share: () => void, days: () => void): MenuItem[] =>
  driver.workshop?.rehearsal
    ? []
    : [
        { id: "open", label: t("desk.summary.open"), run: () => openSummary(driver) },
        {
          id: "pdf",
          label: t("desk.summary.pdf"),
          run: () => location.assign(api.summary(driver.id, "pdf")),
        },
        { id: "share", label: t("desk.summary.share"), run: share },
        { id: "days", label: t("desk.days.open"), run: days },
      ];
/** W13: the whole script on one page, to print. */
function openSheet(driver: Driver): void {
  window.open(api.runSheet(driver.id), "_blank", "noopener");
}

/** P2.9: the current agenda, for another meeting of the company. */
async function saveTemplate(driver: Driver): Promise<void> {
  await driver.ask({
    title: t("desk.own.save"),
    text: t("desk.own.save_text"),
    field: t("desk.own.name"),
    value: driver.workshop?.title ?? "",
    keep: "template",
    store: async (typed) => {
      const name = typed.trim();
      if (name === "") return;
      await api.saveTemplate(driver.id, name);
      driver.toast(t("desk.own.saved", { name }));
    },
    yes: t("desk.save"),
  });
}

/** The changes to a wall. */
interface Change {
  black?: boolean;
  join?: boolean;
  forward?: string | null;
  size?: "M" | "L" | "XL";
  light?: Wall["light"];
  page?: number;
}

const change = (driver: Driver, what: Change) =>
  driver.send({ type: "wall.change", workshop: driver.id, ...what });

/** Undo, redo and hide: on every board, unless it has an action of its own by the same key. */
export function hereActions({ driver, found }: Shell): Action[] {
  if (driver.ended) return [];
  const said = (step: Step | undefined) => step && didWords(step);
  const [undo, redo] = [said(driver.undoStep), said(driver.redoStep)];
  const notes = pickedNotes(driver);
  const [first] = found;
  const shows = notes.length > 0 && notes.every((note) => note.face === "hidden");
  const hides = notes.length > 0 ? notes : first ? [first.note] : [];
  return [
    {
      id: "undo",
      key: "Z",
      label: undo ? t("desk.undo", { did: undo }) : t("desk.undo.plain"),
      disabled: driver.undoStep ? undefined : t("desk.undo.nothing"),
      run: () => driver.undo(),
    },
    {
      id: "redo",
      key: "Shift+Z",
      label: redo ? t("desk.redo", { did: redo }) : t("desk.redo.plain"),
      disabled: driver.redoStep ? undefined : t("desk.redo.nothing"),
      run: () => driver.redo(),
    },
    {
      id: "hide",
      key: "H",
      label: t(shows ? "desk.hide.off" : "desk.hide"),
      disabled: hides.length > 0 ? undefined : t("desk.hide.none"),
      run: () => hide(driver, hides),
    },
  ];
}

/** The notes among what is picked or has the keyboard. */
export const pickedNotes = ({ board, selection }: Driver): Note[] =>
  selection.targets.flatMap((id) => board.one("note", id) ?? []);

export function clockActions({ driver, clock }: Shell): Action[] {
  if (clock === null || driver.ended) return [];
  const still = remaining(clock.timer, 0) === null;
  const paused = clock.timer?.state === "paused";
  const by = (id: string, key: ClockKey, label: string, named?: string): Action[] =>
    key !== "P" && clockOrder(clock, key, driver.clock.now) === null
      ? []
      : [{ id, label, ...(named && { key: named }), run: () => press(driver, clock, key) }];
  return [
    ...by(
      "pause",
      "P",
      t(still ? "desk.clock.start" : paused ? "desk.clock.resume" : "desk.clock.pause"),
      "P",
    ),
    ...by("less", "-", t("desk.clock.less"), "-"),
    ...by("more", "+", t("desk.clock.more"), "+"),
    ...by("finish", "finish", t("desk.clock.finish")),
    ...by("stop", "stop", t("desk.clock.stop")),
  ];
}

export function wallActions({ driver }: Shell): Action[] {
  if (driver.ended) return [];
  const { wall } = driver;
  const is = wall?.forward ?? null;
  const to = forwardable(driver);
  return [
    {
      id: "black",
      key: "B",
      label: t(wall?.black ? "desk.black.off" : "desk.black"),
      run: () => black(driver),
    },
    {
      id: "join",
      key: "Q",
      label: t(wall?.join ? "desk.join_big.off" : "desk.join_big"),
      run: () => void change(driver, { join: !(wall?.join ?? false) }),
    },
    {
      id: "forward",
      key: "F",
      label: t(is !== null && (to ?? is) === is ? "desk.forward.off" : "desk.forward"),
      disabled: (to ?? is) ? undefined : t("desk.forward.none"),
      run: async () => void (await change(driver, { forward: to === undefined || to === is ? null : to })),
    },
    ...(["M", "L", "XL"] as const)
      .filter((size) => size !== (wall?.size ?? "M"))
      .map((size) => ({
        id: `size-${size}`,
        label: t("desk.size", { size }),
        run: () => void change(driver, { size }),
      })),
    ...LIGHTS.filter((light) => light !== (wall?.light ?? "auto")).map((light) => ({
      id: `light-${light}`,
      label: t(`desk.picture.light.${light}`),
      run: () => void change(driver, { light }),
    })),
    ...pageActions(driver),
  ];
}

/** U8: the pages of the wall; unlimited until a wall reports how many it has. */
export function pageActions(driver: Driver): Action[] {
  const { wall } = driver;
  const leaves = leavesOf(driver);
  const page = wall?.page ?? 0;
  const blind = leaves.length === 0 && page > 0;
  const on = pageOn(leaves);
  const back = pageBack(leaves) ?? (blind ? { page: page - 1 } : null);
  const one = (id: string, key: string, label: string, to: { page: number } | null): Action => ({
    ...{ id, key, label },
    disabled: to ? undefined : t("desk.page.none"),
    run: () => (to ? turnTo(driver, to.page) : undefined),
  });
  return [
    one("page-next", "PageDown", on ? t("desk.page.show", { what: on.what }) : t("desk.page.next"), on),
    one("page-back", "PageUp", t("desk.page.back"), back),
  ];
}

/** The first theme, or note that the room may see, among what is picked. */
const forwardable = ({ board, selection }: Driver): string | undefined =>
  selection.targets.find(
    (id) => board.one("theme", id) !== undefined || board.one("note", id)?.face === "up",
  );

export function meetingActions(shell: Shell): Action[] {
  const { driver, open } = shell;
  return [
    { id: "script", key: "S", label: t("desk.keys.script"), run: shell.toggleScript },
    { id: "panel", label: t("desk.bar.join"), run: () => open("join") },
    ...(mayFill()
      ? [{ id: "full", label: t(fills() ? "desk.full_screen.off" : "desk.full_screen"), run: fill }]
      : []),
    { id: "keys", key: "?", label: t("desk.keys"), run: () => open("keys") },
    ...(driver.workshop?.rehearsal
      ? []
      : [
          { id: "sheet", label: t("desk.sheet"), run: () => openSheet(driver) },
          { id: "summary", label: t("desk.summary.open"), run: () => openSummary(driver) },
          { id: "share", label: t("desk.summary.share"), run: () => open("links") },
          { id: "days", label: t("desk.days.open"), run: () => open("days") },
          {
            id: "template",
            label: t("desk.own.save"),
            disabled: driver.facilitator ? undefined : reason("role"),
            run: () => saveTemplate(driver),
          },
        ]),
    ...(driver.ended ? [] : [{ ...endOf(shell), danger: true }]),
  ];
}

/** Everything that can be done now, as the list of all actions has it. */
export function groupsOf(shell: Shell): { title: string; actions: Action[] }[] {
  const { own } = shell;
  const primary = primaryOf(shell);
  const taken = new Set(own.flatMap((action) => action.key ?? []));
  const free = (action: Action) => action.key === undefined || !taken.has(action.key);
  const first = primary && !own.some((action) => action.id === primary.id) ? [primary] : [];
  const enter = (action: Action) =>
    (action.primary ?? action === primary) ? { ...action, key: "Enter" } : action;
  return [
    {
      title: t("desk.all.here"),
      actions: [...[...first, ...own].map(enter), ...hereActions(shell).filter(free)],
    },
    { title: t("desk.all.clock"), actions: clockActions(shell) },
    { title: t("desk.all.wall"), actions: wallActions(shell).filter(free) },
    { title: t("desk.all.meeting"), actions: meetingActions(shell) },
  ];
}

/** What a key does: the part's own first. */
export const keyed = (shell: Shell, key: string): Action | undefined =>
  [
    ...shell.own,
    ...hereActions(shell),
    ...clockActions(shell),
    ...wallActions(shell),
    ...meetingActions(shell),
  ].find((action) => action.key === key);
