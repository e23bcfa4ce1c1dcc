import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";
import DayField from "./DayField.svelte";

afterEach(cleanup);

const field = () => screen.getByRole<HTMLInputElement>("textbox");
const type = async (value: string) => {
  await fireEvent.input(field(), { target: { value } });
  await fireEvent.blur(field());
};

describe("U19: a field of a day", () => {
  it("shows in words what was written in figures", async () => {
    render(DayField, { props: { label: "Dato", value: "" } });
    await type("6.5.2031");
    expect(field().value).toContain("2031");
    expect(field().validity.valid).toBe(true);
  });

  it("keeps a text that is not a day, says so, and has no value", async () => {
    render(DayField, { props: { label: "Dato", value: "2031-05-06" } });
    await type("snart");
    expect(field().value).toBe("snart");
    expect(field().validity.valid).toBe(false);
    expect(screen.getByRole("status").textContent).toContain("shared.day.wrong");
  });

  it("takes a day from the calendar in place of what could not be read", async () => {
    render(DayField, { props: { label: "Dato", value: "" } });
    await type("snart");
    await fireEvent.click(screen.getByRole("button"));
    await fireEvent.click(document.querySelector("[data-at]") as HTMLElement);
    expect(field().value).not.toBe("snart");
    expect(field().validity.valid).toBe(true);
  });

  it("asks for a day where one must be", () => {
    render(DayField, { props: { label: "Dato", value: "", required: true } });
    expect(field().validity.valid).toBe(false);
  });
});
