/** Where the faces and the words of all activities are. */
import type { Component } from "svelte";
import later from "virtual:words/phone/later";
import { wordsOf, type PhoneProps } from "../activities/activity";
import { activities } from "../activities/registry";
import type { ActivityName } from "../board/types";
import { loadWords, type Cut } from "../words";

/** The face of any activity; `own` are the words that came with the page. */
export async function faceOf(name: ActivityName, own: Cut): Promise<Component<PhoneProps>> {
  const [{ default: Phone }] = await Promise.all([
    activities[name].phone(),
    loadWords({ ...own, ...later }, wordsOf(activities[name], "phone")),
  ]);
  return Phone;
}
