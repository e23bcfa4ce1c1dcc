import { beforeEach, expect, it } from "vitest";
import da from "../../../app/locales/da.json";
import { setWords } from "../words";
import { Refusal, type Account } from "./api";
import { Attempt, whyNot } from "./attempt.svelte";
import { session } from "./session.svelte";

beforeEach(() => {
  setWords("da", da);
  session.account = { name: "A" } as Account;
});
const no = (code: "closed" | "signed_out", status: number) => () => Promise.reject(new Refusal(code, status));

it("says why it was refused until it is tried again", async () => {
  const attempt = new Attempt();
  expect(await attempt.run(no("closed", 409))).toBe(false);
  expect([attempt.busy, attempt.wrong]).toEqual([false, da["refused.closed"]]);
  expect(await attempt.run(() => Promise.resolve())).toBe(true);
  expect(attempt.wrong).toBe("");
});

it("is made once at a time", async () => {
  const attempt = new Attempt();
  let done: () => void = () => undefined;
  const first = attempt.run(() => new Promise<void>((end) => (done = end)));
  expect(attempt.busy).toBe(true);
  expect(await attempt.run(() => Promise.reject(new Error("never asked")))).toBe(false);
  done();
  expect([await first, attempt.busy, attempt.wrong]).toEqual([true, false, ""]);
});

it("leads to the sign-in page when nobody is signed in any more, or only says so where that does not help", async () => {
  const words = new Attempt(whyNot);
  await words.run(no("signed_out", 401));
  expect([words.wrong, session.account?.name]).toEqual([da["refused.signed_out"], "A"]);
  const attempt = new Attempt();
  await attempt.run(no("signed_out", 401));
  expect([attempt.wrong, session.account]).toEqual(["", null]);
});
