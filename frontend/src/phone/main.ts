/** The phone's first line: words, then the app into the frame that the page shows after one round trip. */
import "./phone.css";
import { mount } from "svelte";
import words from "virtual:words/phone";
import { loadWords } from "../words";
import App from "./App.svelte";
import { preferred } from "./place";

const target = document.getElementById("app");
if (target) {
  void loadWords(words, ["phone"], preferred()).then(() => {
    target.replaceChildren();
    mount(App, { target });
  });
}
