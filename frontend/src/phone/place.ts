/** How a phone gets in and where it was: the code in the address, the room it was let into, its language. */
import type { Lang } from "../board/types";

/** The characters a code is made of: none that look like another. */
export const alphabet = "ABCDEFGHJKMNPQRTVWXY2346789";

/** A pass: the long token of the QR code, or the six characters typed from the board. */
export type Pass = { token: string } | { code: string };

/** What the server gave on joining; the token is the same for everybody in the room (A1). */
export type Room = { token: string; workshop: string; language: Lang; pass: string; ended?: boolean };

export type Joined =
  | { in: true; room: Room; serverNow: number }
  | { in: false; why: "wrong" | "offline" }
  | { in: false; why: "wait"; seconds: number };

/** The pass in an address: /J/<token>, /<CODE>, or none at /. */
export function passIn(path: string): Pass | null {
  const [first = "", second = ""] = path.split("/").filter(Boolean);
  if (first.toUpperCase() === "J" && second) return { token: second.toUpperCase() };
  const code = cleanCode(first);
  return code.length === 6 && first.length <= 8 ? { code } : null;
}

/** What is left of typed text: capitals of the alphabet, six at most. */
export function cleanCode(typed: string): string {
  return [...typed.toUpperCase()]
    .filter((c) => alphabet.includes(c))
    .slice(0, 6)
    .join("");
}

/** Whether somebody typed a character that no code has. */
export const hasOther = (typed: string) =>
  [...typed.toUpperCase()].some((c) => !alphabet.includes(c) && !/[\s-]/.test(c));

const sign = (pass: Pass) => ("token" in pass ? `J/${pass.token}` : pass.code);
export const samePass = (room: Room, pass: Pass | null) => pass === null || room.pass === sign(pass);

export async function join(pass: Pass, fetcher: typeof fetch = fetch): Promise<Joined> {
  let answer: Response;
  try {
    answer = await fetcher("/api/join", {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(pass),
    });
  } catch {
    return { in: false, why: "offline" };
  }
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) {
    const { token, workshop, language, server_now } = body as {
      token: string;
      workshop: string;
      language: Lang;
      server_now: number;
    };
    return { in: true, room: { token, workshop, language, pass: sign(pass) }, serverNow: server_now };
  }
  if (answer.status === 429) {
    const after = Number(body["retry_after"] ?? answer.headers.get("Retry-After") ?? 30);
    return { in: false, why: "wait", seconds: Math.max(1, Math.ceil(after)) };
  }
  return { in: false, why: answer.status >= 500 ? "offline" : "wrong" };
}

/** The pass a room was entered with, to get a fresh token when the old one ran out. */
export const passOf = (room: Room): Pass =>
  room.pass.startsWith("J/") ? { token: room.pass.slice(2) } : { code: room.pass };

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
    // A browser that keeps nothing asks for the code again after a reload.
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
    // Then it holds for this page only.
  }
}

/** Chosen here, else the room's, else the phone's own: Scandinavians get Danish, others English. */
export function preferred(room: Room | null = keptRoom()): Lang {
  const own = (navigator.language || "da").slice(0, 2);
  return (
    chosenLanguage() ??
    room?.language ??
    (["da", "nb", "nn", "no", "sv", "fo", "kl"].includes(own) ? "da" : "en")
  );
}

export const isApple = () =>
  /iP(hone|ad|od)/.test(navigator.userAgent) ||
  (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);
