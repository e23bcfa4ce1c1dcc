/** The requests of a conversation's page. The link's secret goes in the body, never in an address. */
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

/** Why the server refused; `no_connection` if it did not answer. */
export class Refusal extends Error {
  constructor(
    readonly code: FaultCode,
    readonly wait = 0,
  ) {
    super(code);
  }
}

/** After how many ms a request counts as lost. */
const TIMEOUT = 15_000;

/** The address and how it is requested. */
const asked = (path: string, body: object): [string, RequestInit] => [
  `${import.meta.env.BASE_URL}api/conversation/${path}`,
  {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  },
];

async function ask(path: string, body: object): Promise<Response> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), TIMEOUT);
  let answer: Response;
  try {
    const [url, how] = asked(path, body);
    answer = await fetch(url, { ...how, signal: enough.signal });
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
  /** Null if nothing has changed. */
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
  /** How a file is requested, and how its progress is reported. */
  file(token: string, conversation: string, as: "pdf" | "docx" | "ics") {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    return asked("file", { token, conversation, as, zone, steps: true });
  },
};
