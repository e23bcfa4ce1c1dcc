/** What a phone loads after its first face. */
export { default as Aside } from "./Aside.svelte";
export { default as Mine } from "./Mine.svelte";
