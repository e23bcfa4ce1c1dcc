/** Asking to be let in. Loaded when a code is typed, or when the room's token has expired. */
import type * as wire from "../protocol.gen";
import { DOOR_ALPHABET } from "../contract/live.gen";
import { roomOf, type Pass, type Room } from "./place";

export type Joined =
  | { in: true; room: Room; serverNow: number }
  | { in: false; why: "wrong" | "offline" }
  | { in: false; why: "wait"; seconds: number };

/** The text of the page that asks for the code. */
export type Problem = Exclude<Joined, { in: true }> | { in: false; why: "left" | "closed" | "ended" };

/** Why the scanned code leads nowhere (U13), as sent with the page; read once. */
export function shutDoor(page: ParentNode = document): "closed" | "ended" | undefined {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="door"]');
  meta?.remove();
  return meta?.content as "closed" | "ended" | undefined;
}

/** Whether somebody typed a character that no code has. */
export const hasOther = (typed: string) =>
  [...typed.toUpperCase()].some((c) => !DOOR_ALPHABET.includes(c) && !/[\s-]/.test(c));

export async function join(pass: Pass, fetcher: typeof fetch = fetch): Promise<Joined> {
  let answer: Response;
  try {
    answer = await fetcher(`${import.meta.env.BASE_URL}api/join`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(pass),
    });
  } catch {
    return { in: false, why: "offline" };
  }
  const body = (await answer.json().catch(() => ({}))) as wire.Joined | { retry_after?: number };
  if (answer.ok) {
    const welcomed = body as wire.Joined;
    return { in: true, room: roomOf(welcomed, pass), serverNow: welcomed.server_now };
  }
  if (answer.status === 429) {
    const after = Number(
      ("retry_after" in body && body.retry_after) || (answer.headers.get("Retry-After") ?? 30),
    );
    return { in: false, why: "wait", seconds: Math.max(1, Math.ceil(after)) };
  }
  return { in: false, why: answer.status >= 500 ? "offline" : "wrong" };
}

/** Asks until there is an answer, since without a connection the pass may still be valid. */
export async function knock(pass: Pass, offline: () => void, current: () => boolean): Promise<Joined> {
  for (;;) {
    const answer = await join(pass);
    if (answer.in || answer.why !== "offline" || !current()) return answer;
    offline();
    await new Promise((done) => setTimeout(done, 2_000));
  }
}

/** The pass a room was entered with, to get a fresh token when the old one expires. */
export const passOf = (room: Room): Pass =>
  room.pass.startsWith("J/") ? { token: room.pass.slice(2) } : { code: room.pass };
