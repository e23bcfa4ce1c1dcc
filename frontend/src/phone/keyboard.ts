/**
 * With a keyboard up little is left to see: the page gets `low` and packs closer. iPhones lay the keyboard over the
 * page, so there the page is also made as high as what is left. Loaded after the page, which opens without one.
 */
import { isApple } from "./place";

const view = window.visualViewport;
const page = document.documentElement;

function fit(): void {
  if (!view) return;
  page.classList.toggle("low", view.height < 420);
  if (!isApple()) return;
  page.style.setProperty("--vh", `${view.height}px`);
  window.scrollTo(0, 0);
}

view?.addEventListener("resize", fit);
fit();
