/**
 * With a keyboard up little is left to see: the page gets `low` and packs closer. iPhones lay the keyboard over the
 * page, so there the page is also made as high as what is left. It comes after the page and stays for good.
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
