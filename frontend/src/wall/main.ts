/** Starts the wall: the page for a projector or a TV, with nothing to press. */
import { mount } from "svelte";
import words from "virtual:words/wall";
import "../design/base.css";
import "../design/font.css";
import "../design/late.css";
import { loadWords } from "../words";
import Wall from "./Wall.svelte";
import "./wall.css";

const target = document.getElementById("wall");
/** Measuring with another font gives a wrong layout, but no wall should wait long for a font. */
const font = Promise.race([
  Promise.all([480, 650].map((weight) => document.fonts.load(`${String(weight)} 16px "Figtree Variable"`))),
  new Promise((late) => setTimeout(late, 1_500)),
]).catch(() => undefined);
// Until a workshop says its own.
const language = navigator.language.toLowerCase().startsWith("en") ? "en" : "da";
void Promise.all([loadWords(words, ["wall"], language), font]).then(() => {
  if (!target) return;
  mount(Wall, { target });
  document.getElementById("late")?.remove();
});
