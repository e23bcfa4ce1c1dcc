import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Theme } from "../../engine/types";
import { setWords } from "../../words";
import DeskHead from "./DeskHead.svelte";

beforeEach(() => {
  setWords("da", da);
  localStorage.clear();
});
afterEach(cleanup);

// happy-dom lays nothing out.
HTMLElement.prototype.scrollIntoView ??= () => undefined;

const theme = (position: number): Theme => ({
  ...{
    kind: "theme",
    id: "t",
    name: "",
    paper: "mos",
    of: "q",
    position,
    agenda_place: 0,
    strength: false,
    audience: "wall",
  },
});

function head() {
  const named: (string | null)[] = [];
  const props = {
    ...{ count: 1, place: undefined, current: true, naming: true, hand: false, word: undefined, items: [] },
    ...{ attach: () => undefined, onclick: () => undefined, onrename: () => undefined },
    ...{ kept: "kept", onname: (name: string | null) => void named.push(name) },
  };
  const { rerender } = render(DeskHead, { props: { ...props, theme: theme(9) } });
  const field = screen.getByRole<HTMLInputElement>("textbox");
  return { named, field, move: () => rerender({ ...props, theme: theme(1) }) };
}

it("P2.6 the record of a new theme that comes while its name is typed takes nothing away", async () => {
  const { named, field, move } = head();
  await fireEvent.input(field, { target: { value: "Arbejdstid" } });
  await move();
  expect(field.value).toBe("Arbejdstid");
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(named).toEqual(["Arbejdstid"]);
});

it("G32 a name that was left unsaved, or typed when the session ended, is there when it is named again", async () => {
  const { named, field } = head();
  await fireEvent.input(field, { target: { value: "Arbejdstid" } });
  await fireEvent.keyDown(field, { key: "Escape" });
  expect(named).toEqual([null]);
  cleanup();
  expect(head().field.value).toBe("Arbejdstid");
});
