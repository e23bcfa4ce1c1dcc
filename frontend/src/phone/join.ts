/** What the page that asks for the code is told. */
export type Problem = { why: "wrong" | "offline" | "left" } | { why: "wait"; seconds: number };

export interface JoinProps {
  problem: Problem | null;
  busy: boolean;
  onjoin: (code: string) => void;
  /** Changes the language. */
  other: () => void;
}
