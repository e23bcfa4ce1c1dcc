/** U9: states of the meeting around it, and the kinds that gather: notes, themes, their presentation. */
import {
  anonymous,
  answers,
  gathers,
  inTheme,
  inTurn,
  loose,
  note,
  theme,
  timer,
  wall,
  writing,
  type State,
} from "./made";

export const GATHER: readonly State[] = [
  // -- the meeting --
  { says: "mødet: uden dagsorden", workshop: { state: "draft", live: null }, items: [] },
  { says: "mødet: klar", kind: "notes", workshop: { state: "draft", live: null } },
  { says: "mødet: der ses tilbage", kind: "influence", looking: "q" },
  { says: "mødet: slut", workshop: { state: "ended", live: null }, kind: "notes" },
  // -- notes --
  ...(
    [
      ["før uret", anonymous, [writing("open")]],
      ["der skrives", anonymous, [writing("open"), timer("running")]],
      ["tiden er gået", anonymous, [writing("open"), timer("running", -1)]],
      ["stoppet", anonymous, [writing("stopped"), note("a", "stopped"), note("b", "stopped")]],
      ["der skrives videre", anonymous, [writing("open", { again: true }), note("a", "stopped")]],
      ["stoppet, intet skrevet", anonymous, [writing("stopped", { cards: 0 })]],
      ["én er vendt", anonymous, [writing("stopped"), note("a", "up"), note("b", "stopped")]],
      ["alle er vendt", anonymous, [writing("turned"), note("a", "up")]],
      ["vendt, tre kom for sent", anonymous, [writing("turned", { late: 3 }), note("a", "up")]],
      ["på skift: før uret", inTurn, [writing("open")]],
      ["på skift: stoppet", inTurn, [writing("stopped")]],
      [
        "på skift: fortælles",
        inTurn,
        [writing("stopped"), { kind: "telling", id: "telling:it", activity: "it", turn: 1 }, note("a", "up")],
      ],
      [
        "på skift: alle hænger",
        inTurn,
        [
          writing("stopped", { cards: 1 }),
          { kind: "telling", id: "telling:it", activity: "it", turn: 1 },
          note("a", "up"),
        ],
      ],
    ] as const
  ).map(([says, settings, records]): State => ({ says, kind: "notes", settings, records })),
  ...[false, true].map((handed): State => ({
    ...{ says: handed ? "åben med link, linket er delt" : "åben med link", kind: "notes", handed },
    settings: { ...anonymous, open_until: "2027-05-07" },
    records: [writing("open")],
  })),
  {
    ...{ says: "fristen er gået", kind: "notes", settings: { ...anonymous, open_until: "1969-12-01" } },
    records: [writing("stopped"), note("a", "stopped")],
  },
  {
    ...{ says: "vendt, tavlen har en side til", kind: "notes", settings: anonymous },
    records: [writing("turned"), note("a", "up")],
    leaves: [{ to: 18, until: 33 }],
  },
  {
    ...{ says: "vendt, to tavler med hver sine sider", kind: "notes", settings: anonymous },
    records: [writing("turned"), note("a", "up")],
    leaves: [
      { to: 18, until: 33 },
      { pages: 3, to: 12, until: 24 },
    ],
  },
  {
    ...{ says: "vendt, sidste side", kind: "notes", settings: anonymous },
    records: [writing("turned"), note("a", "up")],
    leaves: [{ page: 1, to: 33, until: 33 }],
  },
  {
    says: "vendt, sidst på dagen",
    kind: "notes",
    settings: anonymous,
    records: [writing("turned"), note("a", "up")],
    last: true,
  },
  {
    ...{ says: "stoppet, intet skrevet, sidst på dagen", kind: "notes", settings: anonymous, last: true },
    records: [writing("stopped", { cards: 0 })],
  },
  // -- clustering --
  ...(
    [
      ["ingen sedler", []],
      ["kun løse sedler", loose("a", "b", "c")],
      ["ét tema, to løse", [theme("t1"), inTheme("c", "t1"), ...loose("a", "b")]],
      ["samlet, uden navn", [theme("t1", { name: "" }), inTheme("a", "t1")]],
      ["samlet, med navn", [theme("t1"), inTheme("a", "t1")]],
      ["alt er besvaret", [theme("t1"), inTheme("a", "t1"), ...answers(4)]],
    ] as const
  ).map(([says, records]): State => ({ says, kind: "clustering", settings: gathers, records })),
  {
    says: "kun løse sedler, tre valgt",
    kind: "clustering",
    settings: gathers,
    records: loose("a", "b", "c", "d"),
    picked: ["a", "b", "c"],
  },
  {
    says: "resten skal ligge løst",
    kind: "clustering",
    settings: gathers,
    records: [theme("t1"), inTheme("c", "t1"), ...loose("a"), ...answers(4)],
    on: (now) => (now.leftLoose = true),
  },
  {
    says: "spørgsmålene er oppe, en ligger løst",
    kind: "clustering",
    settings: gathers,
    records: [theme("t1"), inTheme("c", "t1"), ...loose("a")],
    on: (now) => (now.answering = true),
  },
  {
    says: "spørgsmålene er oppe, to svar",
    kind: "clustering",
    settings: gathers,
    records: [theme("t1"), inTheme("a", "t1"), ...answers(2)],
    on: (now) => (now.answering = true),
  },
  {
    says: "spørgsmålene er oppe, sidst på dagen",
    kind: "clustering",
    settings: gathers,
    records: [theme("t1"), inTheme("a", "t1"), ...answers(2)],
    on: (now) => (now.answering = true),
    last: true,
  },
  // -- presentation --
  { says: "ingen temaer", kind: "presentation", settings: { of: [] } },
  {
    says: "det, I står på",
    kind: "presentation",
    settings: { of: [], show: "stand" },
    records: [theme("t1", { strength: true })],
  },
  {
    says: "intet er vist",
    kind: "presentation",
    settings: { of: [] },
    records: [theme("t1"), theme("t2", { position: 2 })],
  },
  {
    says: "det første er vist",
    kind: "presentation",
    settings: { of: [] },
    records: [theme("t1"), theme("t2", { position: 2 }), wall({ forward: "t1" })],
  },
  {
    says: "alle er vist",
    kind: "presentation",
    settings: { of: [] },
    records: [theme("t1"), wall({ forward: "t1" })],
  },
];
