/** The phone's entry point: texts, then the app into the frame that the page shows after one round trip. */
import "./phone.css";
import { mount } from "svelte";
import words from "virtual:words/phone";
import { loadWords } from "../words";
import App from "./App.svelte";
import { arrival, passIn, preferred } from "./place";

// G23: a face may throw before `Aside` is loaded to handle it.
onerror = (_message, _source, _line, _column, error) => void (window.thrown = error);

const target = document.getElementById("app");
if (target) {
  const arrived = arrival(passIn(location.pathname));
  void loadWords(words, ["phone"], preferred(arrived?.room)).then(() => {
    target.replaceChildren();
    mount(App, { target, props: { arrived } });
    // Load the font last: on a slow line it takes half a second, and the note field comes first.
    const last = () =>
      void Promise.all([import("./keyboard"), import("../design/font.css")]).catch(() => undefined);
    if (document.readyState === "complete") last();
    else addEventListener("load", last);
  });
}
