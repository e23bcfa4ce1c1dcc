/** U9: states of the kinds that make something of what was chosen, or look at it. */
import { WHY_PARTS } from "../../src/contract/why.gen";
import { about, asks, ballots, note, pulse, row, theme, timer, wall, why, writing, type State } from "./made";

export const ACT: readonly State[] = [
  // -- posters --
  ...(["stop_more_new", "turn_up_turn_down"] as const).flatMap((kind): State[] => [
    { says: "intet tema", kind, settings: { ...about, theme: null, name: "" }, records: [theme("t1")] },
    { says: "før uret", kind, settings: about, records: [theme("t1"), writing("open")] },
    { says: "der skrives", kind, settings: about, records: [theme("t1"), writing("open"), timer("running")] },
    {
      says: "stoppet",
      kind,
      settings: about,
      records: [theme("t1"), writing("stopped"), note("a", "stopped", { poster: "new" })],
    },
    {
      says: "stoppet, intet skrevet",
      kind,
      settings: about,
      records: [theme("t1"), writing("stopped", { cards: 0 })],
    },
    {
      says: "vendt, intet valgt",
      kind,
      settings: about,
      records: [theme("t1"), writing("turned"), note("a", "up", { poster: "new" })],
    },
    {
      says: "vendt, ét valgt",
      kind,
      settings: about,
      records: [
        theme("t1"),
        writing("turned"),
        note("a", "up", { poster: "new" }),
        { kind: "picked", id: "picked:a", note: "a", theme: "t1" },
      ],
    },
  ]),
  // -- action plan --
  { says: "tom", kind: "action_plan", settings: { view: "plan" } },
  {
    says: "et forslag venter",
    kind: "action_plan",
    settings: { view: "plan" },
    records: [note("a", "up"), { kind: "picked", id: "picked:a", note: "a", theme: "t1" }],
  },
  {
    says: "en række mangler tid",
    kind: "action_plan",
    settings: { view: "plan" },
    records: [row("r", { when: "" })],
    last: true,
  },
  {
    says: "alle rækker er fyldt ud",
    kind: "action_plan",
    settings: { view: "plan" },
    records: [row("r")],
    last: true,
  },
  {
    says: "status: siden sidst",
    kind: "action_plan",
    settings: { view: "status" },
    records: [row("r", { when: "" })],
  },
  // -- pulse --
  { says: "intet tema", kind: "pulse", settings: { ...asks, theme: null }, records: [theme("t1")] },
  {
    says: "åben, ingen har svaret",
    kind: "pulse",
    settings: asks,
    records: [theme("t1"), pulse("open"), ballots("open", 0)],
    last: true,
  },
  {
    says: "åben, fem har svaret",
    kind: "pulse",
    settings: asks,
    records: [theme("t1"), pulse("open"), ballots("open", 5)],
  },
  {
    says: "åben i dagevis",
    kind: "pulse",
    settings: { ...asks, open_until: "2027-05-07" },
    records: [theme("t1"), pulse("open"), ballots("open", 3)],
    last: true,
  },
  {
    says: "åben i dagevis, linket er delt",
    kind: "pulse",
    settings: { ...asks, open_until: "2027-05-07" },
    records: [theme("t1"), pulse("open"), ballots("open", 3)],
    last: true,
    handed: true,
  },
  {
    says: "fristen er gået",
    kind: "pulse",
    settings: asks,
    records: [theme("t1"), pulse("ended"), ballots("open", 6)],
  },
  {
    says: "for få",
    kind: "pulse",
    settings: asks,
    records: [theme("t1"), pulse("few"), ballots("closed", 3)],
  },
  { says: "vist", kind: "pulse", settings: asks, records: [theme("t1"), pulse("shown")] },
  // -- reflection --
  { says: "første billede", kind: "reflection", last: true },
  { says: "sidste billede, intet skrevet", kind: "reflection", records: [wall({ page: 2 })], last: true },
  {
    says: "sidste billede, alt skrevet",
    kind: "reflection",
    records: [
      wall({ page: 2 }),
      ...["far", "well", "less", "plan"].map((part) => ({
        kind: "reflection",
        id: `reflection:it:${part}`,
        activity: "it",
        part,
        text: "x",
      })),
      { kind: "next_theme", id: "next_theme:it", activity: "it", theme: "t1" },
    ],
    last: true,
  },
  // -- free --
  { says: "en pause, uret står", kind: "free", settings: { what: "pause", text: "" } },
  {
    says: "en pause, uret går",
    kind: "free",
    settings: { what: "pause", text: "" },
    records: [timer("running")],
  },
  { says: "to og to, uret står", kind: "free", settings: { what: "pairs", text: "" } },
  // -- why --
  { says: "tomt, som åbning", kind: "why" },
  { says: "tomt, alene", kind: "why", last: true },
  { says: "noget skrevet, alene", kind: "why", records: why(2), last: true },
  { says: "kun det, der ikke siges højt", kind: "why", records: why(WHY_PARTS.length).slice(-1), last: true },
  { says: "alt det, der siges højt", kind: "why", records: why(WHY_PARTS.length - 1), last: true },
  { says: "alt skrevet, ikke øvet", kind: "why", records: why(WHY_PARTS.length), last: true },
  { says: "øvet", kind: "why", records: [...why(WHY_PARTS.length), timer("running")], last: true },
];
