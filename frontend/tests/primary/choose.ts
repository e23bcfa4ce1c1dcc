/** U9: states of the kinds that choose among themes. */
import { ballots, can, chosen, guide, placed, theme, wall, type State } from "./made";

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
      [
        "gruppens billede er på tavlen",
        [
          theme("t1"),
          can("t1"),
          { kind: "placing", id: "placing:it", activity: "it", themes: ["t1"] },
          ballots("closed", 5),
          wall({ forward: "placing:it" }),
        ],
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
