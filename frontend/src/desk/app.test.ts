/** G23: a page of the desk that throws, at once or when it is loaded, or that does not come, says so. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../app/locales/da.json";
import { setWords, t } from "../words";
import App from "./App.svelte";
import { router } from "./route.svelte";
import { session } from "./session.svelte";

const planted = vi.hoisted(() => () => {
  throw new Error("planted");
});
vi.mock("./pages/Overview.svelte", () => ({ default: planted }));
vi.mock("./pages/Accounts.svelte", () => ({ default: planted }));
vi.mock("./pages/Instance.svelte", () => Promise.reject(new Error("gone after an upgrade")));

beforeEach(() => setWords("da", da));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it.each(["overview", "accounts", "instance"] as const)("G23 %s", async (page) => {
  vi.spyOn(session, "look").mockResolvedValue();
  session.known = true;
  session.account = { id: "a", name: "Anna", email: "", admin: true, by_link: false, may_begin: true };
  vi.spyOn(router, "route", "get").mockReturnValue({ page });
  render(App);
  expect((await screen.findByRole("alert")).textContent).toBe(t("desk.board.part_failed"));
});
