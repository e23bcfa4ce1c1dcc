/** P2.3, P2.5 on the desk: what is said, and the examples that can be shown. */
import type { DeskContext } from "../../desk/part";
import type { ItemOf } from "../../board/types";
import { stateOf } from "../../writing/desk-state";
import { isInTurn } from "./in-turn";

type NotesItem = ItemOf<"notes">;

/** What to say now (P2.3), by how far the room has come. */
export function script(context: DeskContext): string[] {
  const say = (name: string, hints: number) => [
    `notes.desk.say.${name}`,
    ...Array.from({ length: hints }, (_, n) => `notes.desk.say.${name.split(".")[0]}.${n + 1}`),
  ];
  const { step } = stateOf(context);
  // P2.2: what is said of the notes themselves differs; the silence is the same.
  if (isInTurn(context.item) && step !== "writing")
    return say(step === "before" ? "turn_before" : "turn_telling", 3);
  switch (step) {
    case "before":
      return say("before", 3);
    case "writing":
      return say("writing", 2);
    case "stopped":
      return say("stopped", 2);
    case "reading":
      return say("reading", 2);
    case "turned":
      return say(`turned.${which(context.item as NotesItem)}`, 3);
  }
}

/** P2.5: examples in our own words, for the question that is asked. */
export function examples(context: DeskContext): string[] {
  const { step } = stateOf(context);
  if (step !== "before" && step !== "writing") return [];
  return [1, 2, 3, 4, 5, 6].map((n) => `notes.desk.example.${which(context.item as NotesItem)}.${n}`);
}

/** Question 1 lies on korn, question 2 on fjord. */
const which = (item: NotesItem) => (item.settings.paper === "fjord" ? "q2" : "q1");
