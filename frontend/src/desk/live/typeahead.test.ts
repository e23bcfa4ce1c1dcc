import { expect, it } from "vitest";
import { narrowed } from "./typeahead";

const action = (label: string) => ({ id: label, label, run: () => undefined });
const groups = [
  { title: "Her", actions: [action("Stop skrivning"), action("Skriv papirsedler ind")] },
  { title: "Tavlen", actions: [action("Sort tavle"), action("Næste side på tavlen")] },
];
const labels = (typed: string) =>
  narrowed(groups, typed).flatMap(({ actions }) => actions.map((a) => a.label));

it("U24 typing narrows the list by the beginnings of words", () => {
  expect(labels("")).toHaveLength(4);
  expect(labels("pap")).toEqual(["Skriv papirsedler ind"]);
  expect(labels("næ si")).toEqual(["Næste side på tavlen"]);
  expect(labels("ort")).toEqual([]);
});

it("U24 what begins so comes first, and a group can be typed", () => {
  expect(labels("skriv")).toEqual(["Skriv papirsedler ind", "Stop skrivning"]);
  expect(labels("tavlen")).toEqual(["Sort tavle", "Næste side på tavlen"]);
});
