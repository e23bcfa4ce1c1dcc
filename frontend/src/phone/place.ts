/** How a phone gets in, and its state: the code in the address, the room it was let into, its language. */
import type { Joined } from "../protocol.gen";
import { DOOR_ALPHABET, DOOR_CODE_LENGTH } from "../contract/live.gen";
import type { Changes, Lang } from "../engine/types";

/** A pass: the long token of the QR code, or the six characters typed from the board. */
export type Pass = { token: string } | { code: string };

/** What the server gave on joining; the token is the same for everybody in the room (A1). */
export type Room = {
  token: string;
  workshop: string;
  language: Lang;
  pass: string;
  ended?: boolean;
  /** The board's epoch, which shows that this phone was inside, even after a reload (F6). */
  epoch?: string;
};

/** The data in the page of a scanned code: the room, and what the phone sees there. */
export type Arrival = { room: Room; serverNow: number; changes: Changes };

/** The pass in an address, after the path of the base URL: /J/<token>, /<CODE>, or none at /. */
export function passIn(path: string): Pass | null {
  const [first = "", second = ""] = path
    .replace(import.meta.env.BASE_URL, "")
    .split("/")
    .filter(Boolean);
  if (first.toUpperCase() === "J" && second) return { token: second.toUpperCase() };
  const code = cleanCode(first);
  return code.length === DOOR_CODE_LENGTH && first.length <= 8 ? { code } : null;
}

/** The characters of a code in typed text, up to its length. */
export function cleanCode(typed: string): string {
  return [...typed.toUpperCase()]
    .filter((c) => DOOR_ALPHABET.includes(c))
    .slice(0, DOOR_CODE_LENGTH)
    .join("");
}

const sign = (pass: Pass) => ("token" in pass ? `J/${pass.token}` : pass.code);
export const samePass = (room: Room, pass: Pass | null) => pass === null || room.pass === sign(pass);

export const roomOf = ({ token, workshop, language }: Joined, pass: Pass): Room => ({
  token,
  workshop,
  language,
  pass: sign(pass),
});

/** Read once: the data sent with the page is stale as soon as something changes. */
export function arrival(pass: Pass | null, page: ParentNode = document): Arrival | null {
  const element = page.querySelector("#arrival");
  element?.remove();
  if (!pass || !element?.textContent) return null;
  const { joined, changes } = JSON.parse(element.textContent) as { joined: Joined; changes: Changes };
  return { room: roomOf(joined, pass), serverNow: joined.server_now, changes };
}

const roomKey = "trivsel-room";
const languageKey = "trivsel-language";

export function keptRoom(): Room | null {
  try {
    return JSON.parse(localStorage.getItem(roomKey) ?? "null") as Room | null;
  } catch {
    return null;
  }
}

export function keepRoom(room: Room | null): void {
  try {
    if (room) localStorage.setItem(roomKey, JSON.stringify(room));
    else localStorage.removeItem(roomKey);
  } catch {
    // A browser without storage asks for the code again after a reload.
  }
}

/** The language chosen on this phone, if any. */
export function chosenLanguage(): Lang | null {
  try {
    const kept = localStorage.getItem(languageKey);
    return kept === "da" || kept === "en" ? kept : null;
  } catch {
    return null;
  }
}

export function chooseLanguage(language: Lang): void {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // Then it lasts only as long as this page.
  }
}

const nordic = ["da", "nb", "nn", "no", "sv", "fo", "kl"];

/**
 * Chosen here, else the first of the phone's languages that we have (Scandinavians get Danish), else the room's (U18).
 */
export function preferred(room: Room | null = keptRoom()): Lang {
  const own = navigator.languages
    .map((each) => each.slice(0, 2))
    .find((each) => each === "en" || nordic.includes(each));
  return chosenLanguage() ?? (own ? (own === "en" ? "en" : "da") : (room?.language ?? "en"));
}

export const isApple = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);
