import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { THRESHOLD } from "../../contract/agenda.gen";
import { PULSE_SPAN } from "../../contract/pulse.gen";
import type { SettingsOf } from "../../engine/types";
import { setWords, t } from "../../words";
import DeskForm from "./DeskForm.svelte";

beforeEach(() => setWords("da", da));
afterEach(cleanup);

function shown(least: number, threshold: number) {
  const value = $state<SettingsOf<"pulse">>({
    theme: null,
    name: "",
    open_until: null,
    span: PULSE_SPAN,
    threshold,
  });
  render(DeskForm, { value, items: [], least });
  return screen.getByLabelText<HTMLInputElement>(t("pulse.desk.form.threshold"));
}

it.each([
  [THRESHOLD, THRESHOLD, THRESHOLD],
  [8, THRESHOLD, 8],
  [8, 12, 12],
])("A12 where at least %i are asked for, %i is shown as %i", (least, threshold, says) => {
  const field = shown(least, threshold);
  expect([field.valueAsNumber, field.min]).toEqual([says, String(least)]);
  expect(screen.getByText(t("pulse.desk.form.threshold.hint", { least }))).toBeTruthy();
});

it("A12 does not interrupt somebody typing a number that begins small", async () => {
  const field = shown(8, THRESHOLD);
  await fireEvent.input(field, { target: { value: "1" } });
  expect(field.value).toBe("1");
});
