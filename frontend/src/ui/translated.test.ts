import { afterEach, expect, it } from "vitest";
import { surviveTranslation } from "./translated";

/** As Chrome does it: every text node is replaced by fonts with the translated words. */
function translate(within: Element): void {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  for (const text of texts) {
    if (text.data.trim() === "" || text.parentElement?.closest("font")) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = `[${text.data}]`;
    outer.append(inner);
    text.parentNode?.replaceChild(outer, text);
  }
}
const settled = () => new Promise((done) => setTimeout(done));

let end = (): void => undefined;
afterEach(() => end());
function page(html: string) {
  document.body.innerHTML = html;
  end = surviveTranslation(document.body);
  return document.body;
}

it("G25 what is written into a translated text is seen, and the old translation is gone", async () => {
  const body = page("<p>4:59</p>");
  const own = body.querySelector("p")?.firstChild as Text;
  translate(body);
  await settled();
  expect(body.textContent).toBe("[4:59]");
  own.data = "4:58";
  await settled();
  expect(body.textContent).toBe("4:58");
  translate(body);
  await settled();
  own.data = "4:57";
  await settled();
  expect(body.textContent).toBe("4:57");
});

it("G25 removed text goes with its translation, and what replaces it has none", async () => {
  const body = page("<p>Vi er i gang</p>");
  const place = body.querySelector("p") as Element;
  const own = place.firstChild as Text;
  translate(body);
  await settled();
  own.remove();
  place.append("Mødet er slut");
  await settled();
  expect(body.textContent).toBe("Mødet er slut");
});

it("G25 what is moved takes its translation along", async () => {
  const body = page("<p id='a'>Ro</p><p id='b'></p>");
  const own = body.querySelector("#a")?.firstChild as Text;
  translate(body);
  await settled();
  body.querySelector("#b")?.append(own);
  await settled();
  expect([body.querySelector("#a")?.textContent, body.querySelector("#b")?.textContent]).toEqual([
    "",
    "[Ro]",
  ]);
});

it("G25 the original is there again when the reader asks for it", async () => {
  const body = page("<p>Ro</p>");
  const own = body.querySelector("p")?.firstChild as Text;
  translate(body);
  await settled();
  body.querySelector("font")?.replaceWith(own);
  await settled();
  expect(body.textContent).toBe("Ro");
});
