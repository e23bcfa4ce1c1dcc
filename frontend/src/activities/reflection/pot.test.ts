import { beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { PlanAction, Seen, Theme, Workshop } from "../../engine/types";
import { setWords } from "../../words";
import { forTheManagement, remindersOf, type Reminder } from "./pot";

const theme = {
  kind: "theme",
  id: "t",
  name: "Tonen",
  paper: "mos",
  of: "q",
  position: 1,
  agenda_place: 0,
  strength: false,
} as Theme;
const workshop = { kind: "workshop", id: "w", group: "Montagen", cycle: 1 } as Workshop;
const reminder = (id: string, day: string | null, of = "t"): Reminder => ({
  kind: "reminder",
  id,
  theme: of,
  meeting: id,
  when: "",
  day,
  either: [],
  who: "",
});
const action = (text: string, status: PlanAction["status"], position: number) =>
  ({ kind: "action", id: text, theme: "t", text, status, position }) as unknown as PlanAction;

function on(...records: Seen[]): Board {
  const board = new Board();
  board.home = "w";
  const held = [workshop, theme, ...records].map((record, n) => ({ seq: n + 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 99, all: true, activity: null, records: held, gone: [] });
  return board;
}

beforeEach(() => setWords("da", da));

it("P5.4 reminders are sorted by day, those without one last", () => {
  const board = on(reminder("c", null), reminder("b", "2027-02-01"), reminder("a", "2027-01-04", "other"));
  expect(remindersOf(board).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(remindersOf(board, "t").map(({ id }) => id)).toEqual(["b", "c"]);
});

it("P5.4 G52 reminders of one day are sorted by their meetings, in the order of the language", () => {
  const at = (id: string, meeting: string) => ({ ...reminder(id, "2027-02-01"), meeting });
  const board = on(at("a", "Ølbodsmøde"), at("b", "zonemøde"), at("c", "Zenitmøde"), at("d", "ærmemøde"));
  expect(remindersOf(board).map(({ id }) => id)).toEqual(["c", "b", "d", "a"]);
});

it("P5.4 the sentence for the management names the theme, the open actions and the progress", () => {
  const bare = forTheManagement(on(), theme);
  expect(bare).toBe(
    "Montagen arbejder med temaet Tonen. " +
      "Vil du spørge til det, næste gang du er hos os? Det betyder noget, at det kommer fra dig.",
  );
  const progress = {
    kind: "progress",
    id: "progress:t",
    theme: "t",
    low: "",
    high: "",
    by: null,
    marks: [{ day: "2027-01-04", value: 4, want: 8 }],
  } as Seen;
  const all = forTheManagement(
    on(
      action("Ring først", "under_way", 2),
      action("Tavlen", "not_started", 1),
      action("Gammelt", "done", 0),
      progress,
    ),
    theme,
  );
  expect(all).toContain("Lige nu er vi i gang med: Tavlen; Ring først.");
  expect(all).toContain("er vi på 4, og vi vil gerne nå 8");
  expect(all).not.toContain("Gammelt");
});
