import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import { Ticker } from "../../engine/clock.svelte";
import type { Connection } from "../../live/connection.svelte";
import { Outbox } from "../../live/outbox";
import { memoryShelf } from "../../live/shelf";
import type { Answered, Item, PhoneCommand } from "../../engine/types";
import { setWords, t } from "../../words";
import PosterPhone from "./PosterPhone.svelte";

const item = (theme: string | null, id = "p"): Item =>
  ({
    kind: "item",
    id,
    workshop: "w",
    activity: "stop_more_new",
    title: "Stop – mere – nyt",
    minutes: 30,
    position: 1,
    settings: { theme, name: theme ? "Tonen" : "", finish_seconds: 20 },
    state: "live",
    started_at: null,
    ended_at: null,
  }) as Item;
let sent: PhoneCommand[];
let answers: ((answer: Answered) => void)[];
let outbox: Outbox;

function shown(own: Item) {
  return render(PosterPhone, {
    board: new Board(),
    outbox,
    item: own,
    connection: { state: "open" } as Connection,
    clock: new Ticker(() => 0),
    mine: () => undefined,
  });
}
const poster = (name: string) => screen.getByRole("button", { name });
const pressed = (name: string) => poster(name).getAttribute("aria-pressed");
async function write(text: string) {
  await fireEvent.input(screen.getByLabelText(t("notes.phone.field")), { target: { value: text } });
  await fireEvent.click(screen.getByText(t("notes.phone.send")));
}

beforeEach(() => {
  setWords("da", da);
  sent = [];
  answers = [];
  outbox = new Outbox({
    send: (command) => {
      sent.push(command);
      return new Promise((answer) => answers.push(answer));
    },
    shelf: memoryShelf(),
    channel: null,
  });
  outbox.workshop = "w";
});
afterEach(cleanup);

it("P4.3: waits until the theme is chosen, with nothing to write on", () => {
  shown(item(null));
  expect(screen.getByText(t("posters.phone.soon.title"))).toBeTruthy();
  expect(screen.queryByLabelText(t("notes.phone.field"))).toBeNull();
});

it("P4.1: a proposal goes to the poster that is chosen, and the poster stays chosen", async () => {
  const page = shown(item("a"));
  expect(screen.getByRole("heading").textContent).toBe("Tonen");
  expect(pressed("Stop")).toBe("true");
  await fireEvent.click(poster("Nyt"));
  expect(screen.getByText(t("posters.phone.ask.new"))).toBeTruthy();
  await write("Rødt mærke");
  await waitFor(() =>
    expect(sent[0]).toMatchObject({ type: "notes.write", text: "Rødt mærke", poster: "new" }),
  );
  expect(outbox.notes[0]?.poster?.name).toBe("Nyt");
  page.unmount();
  shown(item("a"));
  expect(pressed("Nyt")).toBe("true");
});

it("P4.1: a refused proposal brings its poster back", async () => {
  shown(item("a", "another"));
  await fireEvent.click(poster("Mere"));
  await new Promise((done) => setTimeout(done, 0));
  await write("Har et tegn for meget");
  await waitFor(() => expect(answers).toHaveLength(1));
  await fireEvent.click(poster("Stop"));
  answers[0]?.({ stored: false, code: "text", fresh: null, retryAfter: null });
  await waitFor(() => expect(pressed("Mere")).toBe("true"));
});
