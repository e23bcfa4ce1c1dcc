/** The face of an activity, with its words in the language of the screen. */
import type { Component } from "svelte";
import words from "virtual:words/phone";
import type { PhoneProps } from "../activities/activity";
import Notes from "../activities/notes/Phone.svelte";
import type { ActivityName } from "../engine/types";
import { loadWords } from "../words";

export async function faceOf(name: ActivityName): Promise<Component<PhoneProps>> {
  // What nearly every meeting begins with is in the page's own file; the rest is loaded when needed, so that a new kind
  // of activity slows no phone down.
  if (name === "notes") {
    await loadWords(words, ["notes.phone"]);
    return Notes;
  }
  const later = await import("./later");
  return later.faceOf(name, words);
}
