/** Unsaved answers, kept in this browser so that neither a reload nor a tunnel loses them. */

export interface Draft {
  text: string;
  /** The answer it is based on, and its revision. */
  base: string;
  rev: number;
}

/** A browser without storage may throw on any access. */
function patiently<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

const key = (conversation: string, question: string) => `conversation ${conversation} ${question}`;

export const drafts = {
  get: (conversation: string, question: string): Draft | null =>
    patiently(() => JSON.parse(localStorage.getItem(key(conversation, question)) ?? "null"), null),
  put: (conversation: string, question: string, draft: Draft): void =>
    patiently(() => localStorage.setItem(key(conversation, question), JSON.stringify(draft)), undefined),
  drop: (conversation: string, question: string): void =>
    patiently(() => localStorage.removeItem(key(conversation, question)), undefined),
};
