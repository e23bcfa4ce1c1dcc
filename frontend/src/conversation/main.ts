/** Starts the page of a conversation for two (D1): its texts, then what the link in the fragment opens. */
import { mount } from "svelte";
import words from "virtual:words/conversation";
import "../design/base.css";
import "../design/font.css";
import "../design/late.css";
import "./conversation.css";
import { tokenIn } from "../ui/pasted";
import { loadWords } from "../words";
import App from "./App.svelte";
import { Conversation } from "./conversation.svelte";

const language = navigator.language.toLowerCase().startsWith("en") ? "en" : "da";
await loadWords(words, ["conversation"], language);
const speak = (to: string) => loadWords(words, ["conversation"], to === "en" ? "en" : "da");
const conversation = new Conversation(tokenIn(location.hash), speak);
// Opening another link in the same tab changes only the fragment, which does not load a page.
addEventListener("hashchange", () => {
  if (tokenIn(location.hash) !== conversation.token) location.reload();
});
const target = document.getElementById("conversation");
if (target) {
  mount(App, { target, props: { conversation } });
  document.getElementById("late")?.remove();
}
