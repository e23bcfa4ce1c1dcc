/** What the phone shows while a clock runs; loaded when one does. */
export { default as ClockFace } from "../ui/ClockFace.svelte";
export { default as TimeBar } from "../ui/TimeBar.svelte";
