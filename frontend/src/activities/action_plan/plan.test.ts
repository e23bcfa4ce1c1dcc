import { beforeEach, describe, expect, it } from "vitest";
import { today } from "../../engine/day";
import type { PlanAction } from "../../engine/types";
import { setWords } from "../../words";
import { dayInWords, isLate, namesIn, rowsOf } from "./plan";

const row = (id: string, more: Partial<PlanAction> = {}): PlanAction => ({
  kind: "action",
  id,
  theme: null,
  text: id,
  responsible: [],
  who: "",
  how: "",
  when: "",
  day: null,
  either: [],
  status: "not_started",
  position: 1,
  made_from: null,
  sign_up: true,
  ...more,
});
const boardWith = (...rows: PlanAction[]) =>
  ({ all: (kind: string) => (kind === "action" ? rows : []) }) as unknown as Parameters<typeof rowsOf>[0];
const ids = (rows: readonly PlanAction[]) => rows.map(({ id }) => id).join(" ");
/** 26 November 2026, noon. */
const NOW = Date.UTC(2026, 10, 26, 12);

describe("the rows of the plan", () => {
  const rows = [
    row("a", { position: 1, status: "done" }),
    row("b", { position: 3 }),
    row("c", { position: 2, status: "under_way" }),
    row("d", { position: 0, status: "dropped" }),
  ];

  it("P4.5 are in the order they were put in", () => {
    expect(ids(rowsOf(boardWith(...rows), "plan"))).toBe("d a c b");
  });

  it("P4.7 open with those that are not done yet, when the meeting looks back", () => {
    expect(ids(rowsOf(boardWith(...rows), "status"))).toBe("c b d a");
  });
});

describe("who is responsible", () => {
  it("P4.5 may be several, each once; a name with og in it stays one", () => {
    expect(namesIn(" Dorte,Emil ;  Drift og salg\nDorte ,")).toEqual(["Dorte", "Emil", "Drift og salg"]);
    expect(namesIn(" ")).toEqual([]);
  });
});

describe("when", () => {
  beforeEach(() => setWords("da", {}));

  it("P4.5 is said as people say it, with the year when it is far away", () => {
    expect(dayInWords("2027-03-26", NOW)).toBe("fredag 26. marts");
    expect(dayInWords("2028-03-01", NOW)).toBe("onsdag 1. marts 2028");
    expect(dayInWords("2026-12-01", NOW, "short")).toBe("1. dec.");
    setWords("en", {});
    expect(dayInWords("2027-03-26", NOW)).toBe("Friday 26 March");
  });

  it("P4.7 is late when its day has passed and it is not done", () => {
    const past = row("a", { day: "2026-11-25" });
    expect(today(NOW)).toBe("2026-11-26");
    expect(isLate(past, NOW)).toBe(true);
    expect(isLate({ ...past, status: "done" }, NOW)).toBe(false);
    expect(isLate(row("b", { day: "2026-11-26" }), NOW)).toBe(false);
    expect(isLate(row("c", { when: "snart" }), NOW)).toBe(false);
  });
});
