/** Shows validation errors next to the field in our own words, instead of the browser's bubbles (U21). */
import { t } from "../words";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Why a field cannot be sent as it is. */
export function whyNotThis(field: Field): string {
  const { validity } = field;
  const type = field instanceof HTMLInputElement ? field.type : "";
  const [min, max] = [field.getAttribute("min") ?? "", field.getAttribute("max") ?? ""];
  if (type === "number") return t("desk.unfilled.number", { min, max });
  if (type === "date") return t("desk.unfilled.date");
  if (type === "radio" || field instanceof HTMLSelectElement) return t("desk.unfilled.choice");
  if (validity.valueMissing) return t("desk.unfilled.text");
  if (validity.typeMismatch && type === "email") return t("desk.unfilled.email");
  if (validity.tooShort) return t("desk.unfilled.short", { n: field.getAttribute("minlength") ?? "" });
  return t("desk.unfilled.other");
}

/** The message at each field; the radios of one question share one. */
const said = new WeakMap<Element, HTMLElement>();
let nth = 0;

const placeOf = (field: Field): Element => (field.type === "radio" && field.closest("fieldset")) || field;

function take(field: Field): void {
  const place = placeOf(field);
  const words = said.get(place);
  if (!words) return;
  said.delete(place);
  words.remove();
  for (const one of place === field ? [field] : place.querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    const others = (one.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== words.id);
    if (others.join("")) one.setAttribute("aria-describedby", others.join(" "));
    else one.removeAttribute("aria-describedby");
  }
}

function say(field: Field): void {
  const place = placeOf(field);
  take(field);
  const words = document.createElement("p");
  words.id = `unfilled-${String(++nth)}`;
  words.className = "wrong";
  words.textContent = whyNotThis(field);
  if (place === field) (field.closest("label, .row") ?? field).after(words);
  else place.append(words);
  said.set(place, words);
  field.setAttribute("aria-invalid", "true");
  const before = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", before ? `${before} ${words.id}` : words.id);
}

/** Enable this for all forms in the document; returns a function that ends it. */
export function speakOfFields(root: Document): () => void {
  let first = true;
  const invalid = (event: Event) => {
    const field = event.target as Field;
    event.preventDefault();
    // A form reports all invalid fields at once, in order: focus the first.
    if (first) {
      first = false;
      field.focus();
      queueMicrotask(() => (first = true));
    }
    say(field);
  };
  const change = (event: Event) => {
    const field = event.target as Field;
    if (said.has(placeOf(field)) && field.validity.valid) take(field);
  };
  root.addEventListener("invalid", invalid, true);
  root.addEventListener("input", change, true);
  root.addEventListener("change", change, true);
  return () => {
    root.removeEventListener("invalid", invalid, true);
    root.removeEventListener("input", change, true);
    root.removeEventListener("change", change, true);
  };
}
