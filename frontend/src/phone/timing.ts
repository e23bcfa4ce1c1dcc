/** What the phone shows while a clock runs; loaded when one does. */
export { default as ClockFace } from "../parts/ClockFace.svelte";
export { default as TimeBar } from "../parts/TimeBar.svelte";
