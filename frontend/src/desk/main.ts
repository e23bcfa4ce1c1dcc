/** Starts the desk: the words of its language, then the page the address asks for. */
import { mount } from "svelte";
import words from "virtual:words/desk";
import "../design/base.css";
import "../design/font.css";
import "../design/late.css";
import "./desk.css";
import type { Lang } from "../engine/types";
import { hyphenateBy } from "../ui/hyphens.svelte";
import { loadWords } from "../words";
import App from "./App.svelte";
import { remembered } from "./memory";
import { speakOfFields } from "./unfilled";

const wanted = remembered("language") ?? (navigator.language.toLowerCase().startsWith("en") ? "en" : "da");
const language: Lang = wanted === "en" ? "en" : "da";

await loadWords(words, ["desk"], language);
speakOfFields(document);
// Until a meeting says its own.
void hyphenateBy(language);
const target = document.getElementById("desk");
if (target) {
  mount(App, { target });
  document.getElementById("late")?.remove();
}
