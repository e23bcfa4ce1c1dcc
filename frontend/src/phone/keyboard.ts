/**
 * With a keyboard up there is little space: the page gets `low` and becomes compact. iPhones overlay the keyboard, so
 * there the page's height is also set to what is visible. Loaded after the page, and never removed.
 */
import { isApple } from "./place";

const view = window.visualViewport;

function fit(): void {
  if (!view) return;
  const page = document.documentElement;
  page.classList.toggle("low", view.height < 420);
  if (!isApple()) return;
  page.style.setProperty("--vh", `${view.height}px`);
  window.scrollTo(0, 0);
}

fit();
view?.addEventListener("resize", fit);
