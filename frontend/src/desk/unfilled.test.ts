import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { setWords } from "../words";
import { speakOfFields } from "./unfilled";

let stop = () => {};
beforeEach(() => {
  setWords("da", da);
  stop = speakOfFields(document);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function form(inner: string) {
  document.body.innerHTML = `<form>${inner}</form>`;
  const asked = [...document.querySelectorAll("input")];
  /** Like a browser validating a form: each invalid field, in order; true where a bubble would be shown. */
  const send = () =>
    asked
      .filter(({ validity }) => !validity.valid)
      .map((field) => field.dispatchEvent(new Event("invalid", { cancelable: true })));
  const words = () => [...document.querySelectorAll(".wrong")].map(({ textContent }) => textContent);
  return { asked, send, words };
}

it("U21: what is missing is said at each field in our own words, and no bubble comes", () => {
  const { asked, send, words } = form(
    `<input id="a" required aria-describedby="hint" /><input id="b" type="email" required value="anna" />`,
  );
  expect(send()).toEqual([false, false]);
  expect(words()).toEqual([da["desk.unfilled.text"], da["desk.unfilled.email"]]);
  expect(document.activeElement).toBe(asked[0]);
  const [first] = asked;
  expect(first?.getAttribute("aria-invalid")).toBe("true");
  expect(first?.getAttribute("aria-describedby")).toMatch(/^hint unfilled-\d+$/);
  // A repeat is announced once.
  send();
  expect(words()).toHaveLength(2);
});

it("U21: the words go once the field can be sent", () => {
  const { asked, send, words } = form(`<input required aria-describedby="hint" />`);
  send();
  const [field] = asked;
  if (!field) throw new Error("no field");
  field.value = "Anna";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(words()).toEqual([]);
  expect(field.getAttribute("aria-invalid")).toBeNull();
  expect(field.getAttribute("aria-describedby")).toBe("hint");
});

it("U21: a number says its range, and the radios of one question say it once", () => {
  const number = form(`<input type="number" required min="1" max="240" />`);
  number.send();
  expect(number.words()).toEqual(["Skriv et tal fra 1 til 240"]);
  const radios = form(
    `<fieldset><input type="radio" name="x" required /><input type="radio" name="x" required /></fieldset>`,
  );
  radios.send();
  expect(radios.words()).toEqual([da["desk.unfilled.choice"]]);
  const [, second] = radios.asked;
  if (!second) throw new Error("no field");
  second.checked = true;
  second.dispatchEvent(new Event("change", { bubbles: true }));
  expect(radios.words()).toEqual([]);
});
