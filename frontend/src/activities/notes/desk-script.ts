/** P2.3, P2.5 on the desk: the script, and the examples that can be shown. */
import type { DeskContext } from "../../desk/part";
import type { Said } from "../../desk/say";
import type { ItemOf } from "../../engine/types";
import { aboutOf } from "../../parts/notes/about";
import { stateOf } from "../../parts/notes/desk-state";
import { isLinked } from "../../parts/by_link/by-link";
import { isInTurn } from "./in-turn";

const about = ({ item }: DeskContext) => aboutOf((item as ItemOf<"notes">).settings);

/** What to say now (P2.3), by how far the room has come. */
export function script(context: DeskContext): Said {
  const { step, up } = stateOf(context);
  const say = (name: string): Said => ({ stage: `notes.desk.say.${name}` });
  // P2.2: the script about the notes differs; the silence is the same.
  if (isInTurn(context.item) && step !== "writing")
    return step === "before" ? say("turn_before") : { ...say("turn_telling"), last: true };
  if ((step === "before" || step === "writing") && isLinked(context.item, context.clock.now))
    return say("by_link");
  if (step !== "turned") return say(step);
  return { ...say(`turned_${about(context)}`), params: { n: up.length }, last: true };
}

/** P2.5: examples in our own words, for the question. */
export function examples(context: DeskContext): string[] {
  const { step } = stateOf(context);
  if (step !== "before" && step !== "writing") return [];
  const own = about(context);
  // W6: for a group's own question there are no example answers, only ways to begin.
  const many = own === "own" ? [1, 2, 3, 4] : [1, 2, 3, 4, 5, 6];
  const name = { draws: "q1", hard: "q2", own: "own" }[own];
  return many.map((n) => `notes.desk.example.${name}.${String(n)}`);
}
