/** How a wall is admitted: as a screen of the room, or as its small picture on a desk (U7). */
import type { WayIn, WorkshopSeen } from "../protocol.gen";
import { pair } from "./pair";
import { forgetToken, keepToken, takeToken } from "./token";

export interface Entry {
  /** It is in no room: it makes no sound, keeps no screen awake, and nothing moves in it. */
  readonly picture: boolean;
  /** Whether somebody let this screen in, as far as it knows. */
  readonly admitted: boolean;
  /** The pairing code, while it is shown. */
  readonly code: string | null;
  /** The token for the next hello; `again` when the last one has run out. */
  token(again: boolean): Promise<string>;
  /** What people need to join; null while the door is shut. Rejects if the server cannot be reached. */
  wayIn(): Promise<WayIn | null>;
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

class ScreenEntry implements Entry {
  readonly picture = false;
  code = $state<string | null>(null);
  #token = $state(takeToken());
  #pairing: Promise<string> | undefined;

  get admitted(): boolean {
    return this.#token !== null;
  }

  /** Waits until somebody lets this screen in, where it has no token or its token has run out. */
  async token(again: boolean): Promise<string> {
    if (again) {
      forgetToken();
      this.#token = null;
    }
    if (this.#token === null) {
      const show = (next: string | null) => (this.code = next);
      // One code for all connection attempts, as typing it takes longer than each of them waits.
      this.#pairing ??= pair({ fetch: (...args) => fetch(...args), sleep, show });
      const given = await this.#pairing;
      this.#pairing = undefined;
      keepToken(given);
      this.code = null;
      this.#token = given;
    }
    return this.#token;
  }

  async wayIn(): Promise<WayIn | null> {
    const answer = await fetch(`${import.meta.env.BASE_URL}api/walls/join`, {
      headers: { Authorization: `Bearer ${this.#token ?? ""}` },
    });
    return answer.ok ? ((await answer.json()) as WayIn) : shutOrAway(answer);
  }
}

/** Admitted by the cookie of the surrounding desk: signing out there ends it too. */
class PictureEntry implements Entry {
  readonly picture = true;
  readonly admitted = true;
  readonly code = null;

  constructor(private readonly workshop: string) {}

  async token(): Promise<string> {
    const answer = await fetch(
      `${import.meta.env.BASE_URL}api/workshops/${this.workshop}/ticket?picture=true`,
      { method: "POST" },
    );
    if (!answer.ok) throw new Error("no ticket");
    return ((await answer.json()) as { ticket: string }).ticket;
  }

  async wayIn(): Promise<WayIn | null> {
    const answer = await fetch(`${import.meta.env.BASE_URL}api/workshops/${this.workshop}`);
    if (!answer.ok) return shutOrAway(answer);
    const { code, join_url, qr_path } = ((await answer.json()) as WorkshopSeen).door;
    return qr_path && { code, join_url, qr: qr_path };
  }
}

function shutOrAway({ status }: Response): null {
  if (status >= 400 && status < 500) return null;
  throw new Error("away");
}

/** A desk names its workshop; anything else behind the # is a screen's token. */
export function entryOf({ hash }: Pick<Location, "hash">): Entry {
  const workshop = /^#desk=([\w-]{1,64})$/.exec(hash)?.[1];
  return workshop ? new PictureEntry(workshop) : new ScreenEntry();
}
