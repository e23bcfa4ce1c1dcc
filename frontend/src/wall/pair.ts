/** Pairing: this screen shows a short code; the desk types it, and the server hands this screen its token. */

import type * as wire from "../protocol.gen";

export interface Pairing {
  fetch: typeof fetch;
  sleep: (ms: number) => Promise<void>;
  /** The code to show now; null while there is none. */
  show: (code: string | null) => void;
}

/** Resolves with the token; asks for a new code when the old one has run out. */
export async function pair({ fetch, sleep, show }: Pairing): Promise<string> {
  for (;;) {
    const made = await post<wire.Pairing>(fetch, `${import.meta.env.BASE_URL}api/screens`, {});
    if (!made.body) {
      await sleep(3_000);
      continue;
    }
    show(made.body.code);
    for (let gone = false; !gone;) {
      await sleep(2_000);
      const claim = await post<wire.Claimed>(fetch, `${import.meta.env.BASE_URL}api/screens/claim`, {
        secret: made.body.secret,
      });
      if (claim.status === 200 && claim.body?.token) return claim.body.token;
      // No answer: the code is still valid. A refusal: it is not.
      gone = claim.status >= 400 && claim.status < 500 && claim.status !== 429;
    }
    show(null);
  }
}

async function post<T>(
  ask: typeof fetch,
  path: string,
  body: object,
): Promise<{ status: number; body: T | null }> {
  try {
    const answer = await ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return {
      status: answer.status,
      body: answer.ok && answer.status !== 202 ? ((await answer.json()) as T) : null,
    };
  } catch {
    return { status: 0, body: null };
  }
}
