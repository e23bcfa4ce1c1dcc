/** What a phone that is in loads after the face that it opened with. */
export { default as Aside } from "./Aside.svelte";
export { default as Mine } from "./Mine.svelte";
