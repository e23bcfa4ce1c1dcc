import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import type { Theme } from "../../engine/types";
import { setWords } from "../../words";
import DeskHead from "./DeskHead.svelte";

beforeEach(() => setWords("da", da));
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

it("P2.6 the record of a new theme that comes while its name is typed takes nothing away", async () => {
  let named: string | null | undefined;
  const props = {
    ...{ count: 1, place: undefined, current: true, naming: true, hand: false, word: undefined, items: [] },
    ...{ attach: () => undefined, onclick: () => undefined, onrename: () => undefined },
    onname: (name: string | null) => void (named = name),
  };
  const { rerender } = render(DeskHead, { props: { ...props, theme: theme(9) } });
  const field = screen.getByRole<HTMLInputElement>("textbox");
  await fireEvent.input(field, { target: { value: "Arbejdstid" } });
  await rerender({ ...props, theme: theme(1) });
  expect(field.value).toBe("Arbejdstid");
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(named).toBe("Arbejdstid");
});
