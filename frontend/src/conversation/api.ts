/** What the page of a conversation asks of the server. The link's own part goes in the body, never in an address. */
import type {
  AnswerWritten,
  ConversationMade,
  ConversationSeen,
  FaultCode,
  LinkRenewed,
  NextConversation,
  PlanConversation,
  Refusal as RefusalSeen,
  WriteAnswer,
} from "../protocol.gen";

export type { ConversationSeen };
export type Question = WriteAnswer["question"];
export type Plan = Omit<PlanConversation, "token">;

/** Why the server said no; `no_connection` where it said nothing. */
export class Refusal extends Error {
  constructor(
    readonly code: FaultCode,
    readonly wait = 0,
  ) {
    super(code);
  }
}

/** A line that hangs is a line that is lost. In ms. */
const TIMEOUT = 15_000;
/** A PDF waits for others' PDFs. In ms. */
const FILE_TIMEOUT = 45_000;

async function ask(path: string, body: object, timeout = TIMEOUT): Promise<Response> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), timeout);
  let answer: Response;
  try {
    answer = await fetch(`${import.meta.env.BASE_URL}api/conversation/${path}`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: enough.signal,
    });
  } catch {
    throw new Refusal("no_connection");
  } finally {
    clearTimeout(timer);
  }
  if (answer.ok) return answer;
  const said: Partial<RefusalSeen> = await answer.json().catch(() => ({}));
  throw new Refusal(said.code ?? "server", said.retry_after ?? 0);
}

export const api = {
  /** Null where it is what is known already. */
  async open(
    token: string,
    conversation: string | null,
    known: string | null,
  ): Promise<ConversationSeen | null> {
    const answer = await ask("open", { token, conversation, known });
    return answer.status === 204 ? null : answer.json();
  },
  write: async (token: string, answer: Omit<WriteAnswer, "token">): Promise<AnswerWritten> =>
    (await ask("answer", { token, ...answer })).json(),
  share: (token: string, conversation: string, shared: boolean) =>
    ask("share", { token, conversation, shared }),
  plan: (token: string, plan: Plan) => ask("plan", { token, ...plan }),
  next: async (token: string, next: Omit<NextConversation, "token">): Promise<ConversationMade> =>
    (await ask("next", { token, ...next })).json(),
  renew: async (token: string): Promise<LinkRenewed> => (await ask("link", { token })).json(),
  /** The file, and our own name for it. */
  async file(token: string, conversation: string, as: "pdf" | "docx" | "ics"): Promise<[Blob, string]> {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const answer = await ask("file", { token, conversation, as, zone }, FILE_TIMEOUT);
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
    return [await answer.blob(), name ?? `samtale.${as}`];
  },
};
