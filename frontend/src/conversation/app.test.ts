/** G23: a conversation that this browser cannot draw says so. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import da from "../../../app/locales/da.json";
import { setWords, t } from "../words";
import App from "./App.svelte";
import type { Conversation } from "./conversation.svelte";

vi.mock("./Safe.svelte", () => ({
  default: () => {
    throw new Error("planted");
  },
}));
vi.mock("./Taking.svelte", () => ({ default: () => undefined }));
vi.mock("./Sides.svelte", () => ({ default: () => undefined }));
afterEach(cleanup);

it("G23 a part that throws is said, and no half page is left", async () => {
  setWords("da", da);
  const seen = { ...{ id: "c", side: "leader", employee: "Ida", leader: "Karen", day: "2027-01-04" } };
  const conversation = {
    ...{ door: "open", seen: { ...seen, conversations: [{ id: "c" }], writable: false }, answers: [] },
    start: () => () => undefined,
  } as unknown as Conversation;
  render(App, { conversation });
  expect((await screen.findByRole("alert")).textContent).toBe(t("conversation.broken"));
  expect(screen.queryByText(t("conversation.title"), { selector: "h1" })).toBeNull();
});
