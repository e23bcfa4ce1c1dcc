import { beforeEach, describe, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Seen } from "../../engine/types";
import { setWords } from "../../words";
import { note, on, timer, writing } from "../../../tests/notes/desk";
import { examples, script } from "./desk-script";

beforeEach(() => setWords("da", da));

describe("P2.3, P2.5: what is said", () => {
  const steps: [string, Seen[]][] = [
    ["before", [writing("open")]],
    ["writing", [writing("open"), timer("running")]],
    ["stopped", [writing("stopped"), note("a", "stopped")]],
    ["reading", [writing("stopped"), note("a", "up"), note("b", "stopped")]],
    ["turned", [writing("turned"), note("a", "up")]],
  ];
  it.each(steps)("%s: every line has a text", (name, records) => {
    const { stage } = script(on(records).context);
    expect(stage).toContain(name);
    expect(Object.keys(da)).toEqual(expect.arrayContaining([stage, `${stage}.hint1`]));
  });

  it("W6: a question of the group's own has a script and ways to begin of its own, whatever its paper", () => {
    const { context } = on([writing("turned"), note("a", "up")]);
    const own = (settings: object) =>
      ({
        ...context,
        item: { ...context.item, settings: { ...context.item.settings, ...settings } },
      }) as typeof context;
    expect(script(own({ about: "own" })).stage).toBe("notes.desk.say.turned_own");
    expect(script(own({ about: "hard" })).stage).toBe("notes.desk.say.turned_hard");
    // From before questions had `about`.
    expect(script(own({ about: null })).stage).toBe("notes.desk.say.turned_draws");
    expect(script(own({ about: null, paper: "fjord" })).stage).toBe("notes.desk.say.turned_hard");
    expect(script(context)).toMatchObject({ params: { n: 1 }, last: true });
    const asking = on([writing("open")]).context;
    const item = {
      ...asking.item,
      settings: { ...asking.item.settings, about: "own" },
    } as typeof asking.item;
    const begin = examples({ ...asking, item });
    expect(begin).toHaveLength(4);
    for (const line of begin) expect(Object.keys(da)).toContain(line);
  });

  it("examples are those of the question, and only until the writing stops", () => {
    const { context } = on([writing("open")]);
    expect(examples(context)).toHaveLength(6);
    for (const line of examples(context)) expect(Object.keys(da)).toContain(line);
    expect(examples(on([writing("turned")]).context)).toEqual([]);
  });
});
