import { beforeEach, describe, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { Board } from "../engine/board.svelte";
import type { Seen } from "../engine/types";
import { setWords } from "../words";
import { endingOf, meetsAgain } from "./ended";

const meeting = (id: string, date: string, more: object = {}) => ({
  ...{ kind: "workshop", id, title: "Opfølgning", group: "Montagen", language: "da", date, state: "ended" },
  ...{ cycle: 1, rehearsal: false, ...more },
});
const item = (activity: string, position: number, started_at: number | null = 1) => ({
  ...{
    kind: "item",
    id: activity,
    workshop: "w",
    activity,
    title: activity,
    position,
    started_at,
    settings: {},
  },
});
const theme = (id: string, name: string) => ({
  ...{ kind: "theme", id, name, paper: "mos", of: "q", position: 1, agenda_place: 0 },
});
const action = (id: string, more: object) => ({
  ...{ kind: "action", id, theme: "a", text: id, responsible: [], who: "", how: "", when: "", day: null },
  ...{ status: "not_started", position: 1, ...more },
});
const chosen = { kind: "chosen", id: "chosen:a", theme: "a", cycle: 1 };
const next = { kind: "next_theme", id: "next_theme:reflection", activity: "reflection", theme: "b" };
const themes = [theme("a", "Travlt"), theme("b", "Afbrydelser")];

function board(...records: object[]) {
  const made = new Board();
  made.home = "w";
  const held = [meeting("w", "2026-05-01"), ...records].map((record) => ({ seq: 1, record: record as Seen }));
  made.apply({ type: "changes", epoch: "e", seq: 1, all: false, activity: null, records: held, gone: [] });
  return made;
}
beforeEach(() => setWords("da", da));

describe("U23 the last picture says", () => {
  it("after the plan who does what by when, and nothing that is done", () => {
    const made = board(
      ...[item("action_plan", 1), ...themes, chosen],
      action("Aftal stilletid", { position: 2, responsible: ["Dorte", "Emil"], day: "2026-06-04" }),
      action("Skriv vagtplanen", { position: 1, when: "før ferien" }),
      action("Er gjort", { status: "done" }),
    );
    expect(endingOf(made)).toEqual({
      says: "plan",
      rows: [
        { id: "Skriv vagtplanen", text: "Skriv vagtplanen", who: "Hvem vil? · før ferien", paper: "mos" },
        {
          id: "Aftal stilletid",
          text: "Aftal stilletid",
          who: "Dorte, Emil · torsdag 4. juni",
          paper: "mos",
        },
      ],
    });
  });

  it("after the reflection the theme that was just chosen, also where the plan was looked at before", () => {
    const made = board(
      ...[item("action_plan", 1), item("reflection", 2), ...themes, chosen, next],
      action("Aftal stilletid", {}),
    );
    expect(endingOf(made)).toMatchObject({ says: "next", themes: [{ id: "b" }] });
  });

  it("else the chosen themes; what the meeting did not come to says nothing", () => {
    const made = board(item("priority", 1), item("action_plan", 2, null), ...themes, chosen, action("x", {}));
    expect(endingOf(made)).toMatchObject({ says: "chosen", themes: [{ id: "a" }] });
    expect(endingOf(board(item("notes", 1)))).toEqual({ says: "none" });
  });

  it("when the group meets again: the next meeting that is planned, else what is to be taken up again", () => {
    const reminder = { kind: "reminder", id: "r", theme: "a", meeting: "P-møde", day: "2026-05-12" };
    expect(meetsAgain(board())).toBeNull();
    expect(meetsAgain(board(reminder))).toBe("Vi ses igen tirsdag 12. maj · P-møde");
    const planned = [
      meeting("later", "2026-09-01", { state: "draft" }),
      meeting("soon", "2026-05-28", { state: "draft" }),
      meeting("tried", "2026-05-02", { state: "draft", rehearsal: true }),
      meeting("before", "2026-04-01", { state: "draft" }),
    ];
    expect(meetsAgain(board(reminder, ...planned))).toBe("Vi ses igen torsdag 28. maj · Opfølgning");
  });
});
