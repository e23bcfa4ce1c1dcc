import { describe, expect, it } from "vitest";
import type { OverviewLine } from "./api";
import { finders, fitting } from "./overview";

const line = (group: string, company: string, needs: OverviewLine["needs"] = "nothing"): OverviewLine => ({
  id: group,
  company,
  group,
  leads: true,
  phase: 2,
  cycle: 1,
  needs,
  meeting: null,
  day: null,
  title: "",
  open: 0,
  overdue: 0,
});
const names = new Map([
  ["b", "Bakkedal Inventar"],
  ["ø", "Ørsted Å/S"],
]);
const lines = [line("Montagen", "b", "overdue"), line("Lageret", "b"), line("Køkkenet", "ø", "unplanned")];
const shown = (wanted: Partial<Parameters<typeof fitting>[2]>) =>
  fitting(lines, names, { text: "", company: "", needs: false, ...wanted }).map(({ group }) => group);

describe("the overview", () => {
  it("finds groups by their own name or their company's, each word, whatever its case", () => {
    expect(shown({})).toEqual(["Montagen", "Lageret", "Køkkenet"]);
    expect(shown({ text: "  LAGER " })).toEqual(["Lageret"]);
    expect(shown({ text: "bakkedal mont" })).toEqual(["Montagen"]);
    expect(shown({ text: "ØRSTED å/s" })).toEqual(["Køkkenet"]);
    expect(shown({ text: "bakkedal køk" })).toEqual([]);
  });

  it("keeps to one company, and to what needs somebody, in the order it was given", () => {
    expect(shown({ company: "b" })).toEqual(["Montagen", "Lageret"]);
    expect(shown({ needs: true })).toEqual(["Montagen", "Køkkenet"]);
    expect(shown({ needs: true, company: "b", text: "m" })).toEqual(["Montagen"]);
  });
});

it("F2 has nothing to search with where all are seen at a glance, but always tells companies apart", () => {
  expect(finders(1, 1)).toEqual({ search: false, company: false });
  expect(finders(3, 2)).toEqual({ search: false, company: true });
  expect(finders(8, 1)).toEqual({ search: true, company: false });
});
