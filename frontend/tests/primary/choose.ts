/** U9: states of the kinds that choose among themes. */
import { ballots, can, chosen, guide, placed, theme, wall, type State } from "./made";

/** What phones were asked to place, and where the group lies with it. */
const placing = {
  kind: "placing",
  id: "placing:it",
  activity: "it",
  themes: [{ theme: "t1", name: "Tema t1", paper: "fjord" }],
};
const spread = {
  ...{ kind: "influence_spread", id: "influence_spread:it:t1", activity: "it", theme: "t1" },
  ...{ n: 5, can: 4, agreement: "mostly" },
};

const important = {
  ...{ kind: "spread", id: "spread:it:t1", activity: "it", theme: "t1", n: 5 },
  ...{ important: 4, important_agreement: "mostly", urgent: 1, urgent_agreement: "mostly" },
};

export const CHOOSE: readonly State[] = [
  // -- influence --
  {
    says: "intet er placeret",
    kind: "influence",
    settings: { of: [] },
    records: [theme("t1"), theme("t2", { position: 2 })],
  },
  {
    says: "et er placeret",
    kind: "influence",
    settings: { of: [] },
    records: [theme("t1"), theme("t2", { position: 2 }), can("t1")],
  },
  { says: "alt er placeret", kind: "influence", settings: { of: [] }, records: [theme("t1"), can("t1")] },
  ...(
    [
      ["ingen temaer", []],
      ["telefonerne bliver spurgt", [theme("t1"), placing, ballots("open", 3)]],
      ["telefonerne bliver spurgt, fem er færdige", [theme("t1"), placing, ballots("open", 5)]],
      [
        "gruppen er på tavlen",
        [theme("t1"), placing, spread, ballots("closed", 5), wall({ forward: "placing:it" })],
      ],
      [
        "gruppen er på tavlen, for få har svaret",
        [theme("t1"), placing, ballots("closed", 3), wall({ forward: "placing:it" })],
      ],
    ] as const
  ).map(([says, records]): State => ({ says, kind: "influence", settings: { of: [] }, records })),
  // -- priority --
  ...(
    [
      ["ingen temaer", []],
      ["intet er placeret", [theme("t1"), theme("t2", { position: 2 }), can("t1"), can("t2")]],
      [
        "vigtigt er på plads",
        [
          theme("t1"),
          theme("t2", { position: 2 }),
          can("t1"),
          can("t2"),
          placed("t1", true, null),
          placed("t2", true, null),
        ],
      ],
      ["det, der haster, mangler", [theme("t1"), can("t1"), placed("t1", true, null), guide("urgent")]],
      [
        "intet er valgt",
        [
          theme("t1"),
          theme("t2", { position: 2 }),
          can("t1"),
          can("t2"),
          placed("t1", true, true),
          placed("t2", true, true),
          guide("urgent"),
        ],
      ],
      [
        "ét er valgt",
        [
          theme("t1"),
          theme("t2", { position: 2 }),
          can("t1"),
          can("t2"),
          placed("t1", true, true),
          placed("t2", true, true),
          guide("urgent"),
          chosen("t1"),
        ],
      ],
      [
        "to er valgt",
        [
          theme("t1"),
          theme("t2", { position: 2 }),
          can("t1"),
          can("t2"),
          placed("t1", true, true),
          placed("t2", true, true),
          guide("urgent"),
          chosen("t1"),
          chosen("t2"),
        ],
      ],
      [
        "telefonerne bliver spurgt",
        [
          theme("t1"),
          can("t1"),
          { kind: "placing", id: "placing:it", activity: "it", themes: ["t1"] },
          ballots("open", 3),
        ],
      ],
      ["telefonerne bliver spurgt, fem er færdige", [theme("t1"), can("t1"), placing, ballots("open", 5)]],
      [
        "gruppens billede er på tavlen",
        [theme("t1"), can("t1"), placing, important, ballots("closed", 5), wall({ forward: "placing:it" })],
      ],
      [
        "gruppens billede er på tavlen, for få har svaret",
        [theme("t1"), can("t1"), placing, ballots("closed", 3), wall({ forward: "placing:it" })],
      ],
    ] as const
  ).map(([says, records]): State => ({ says, kind: "priority", settings: { which: "can" }, records })),
  // -- dots --
  { says: "intet at stemme om", kind: "dots", settings: { dots: 3, of: [], which: "can" } },
  {
    says: "åben, ingen har stemt",
    kind: "dots",
    settings: { dots: 3, of: [], which: "can" },
    records: [ballots("open", 0)],
  },
  {
    says: "åben, tre har stemt",
    kind: "dots",
    settings: { dots: 3, of: [], which: "can" },
    records: [ballots("open", 3)],
  },
  {
    says: "åben, fem har stemt",
    kind: "dots",
    settings: { dots: 3, of: [], which: "can" },
    records: [ballots("open", 5)],
  },
  {
    says: "for få",
    kind: "dots",
    settings: { dots: 3, of: [], which: "can" },
    records: [ballots("closed", 3)],
  },
  {
    says: "talt op",
    kind: "dots",
    settings: { dots: 3, of: [], which: "can" },
    records: [{ kind: "dots_result", id: "dots_result:it", activity: "it", sums: {}, voters: 6 }],
  },
  // -- me_too --
  ...(
    [
      ["intet at trykke på", []],
      ["åben, ingen har trykket", [ballots("open", 0)]],
      ["åben, tre tryk", [ballots("open", 3)]],
      ["åben, fem tryk", [ballots("open", 5)]],
      ["for få", [ballots("closed", 3)]],
      ["talt op", [{ kind: "me_too_result", id: "me_too_result:it", activity: "it", counts: {} }]],
    ] as const
  ).map(([says, records]): State => ({
    says,
    kind: "me_too",
    settings: { of: [], what: "themes" },
    records,
  })),
];
