import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, it } from "vitest";
import { opened } from "./dialogs.svelte";
import Toast from "./Toast.svelte";

afterEach(cleanup);

it("U21: a toast is inside the dialog on top, moves back with it, and leaves nothing behind", async () => {
  const dialog = document.createElement("dialog");
  document.body.append(dialog);
  let closed = 0;
  const { unmount } = render(Toast, {
    props: { text: "Gemt", close: "Luk", onclose: () => void (closed += 1) },
  });
  const toast = screen.getByRole("status");
  expect(dialog.contains(toast)).toBe(false);
  const close = opened(dialog);
  await tick();
  expect(dialog.contains(toast)).toBe(true);
  await fireEvent.click(screen.getByLabelText("Luk"));
  expect(closed).toBe(1);
  close();
  dialog.remove();
  await tick();
  expect(document.body.contains(toast)).toBe(true);
  opened(dialog);
  document.body.append(dialog);
  await tick();
  unmount();
  expect(document.querySelector(".toast")).toBeNull();
  dialog.remove();
});
