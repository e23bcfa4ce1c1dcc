/** Where the faces and the words of all activities are. */
import type { Component } from "svelte";
import later from "virtual:words/phone/later";
import type { PhoneProps } from "../activities/activity";
import { byKind, kinds } from "../activities/registry";
import type { ActivityName } from "../engine/types";
import { loadWords, type Cut } from "../words";

const faces = byKind(
  import.meta.glob<Component<PhoneProps>>("../activities/*/Phone.svelte", { import: "default" }),
);

/** The face of any activity; `own` are the words that came with the page. */
export async function faceOf(name: ActivityName, own: Cut): Promise<Component<PhoneProps>> {
  const scopes = [name, ...(kinds[name].speaks ?? [])].map((each) => `${each}.phone`);
  const [Phone] = await Promise.all([faces[name](), loadWords({ ...own, ...later }, scopes)]);
  return Phone;
}
