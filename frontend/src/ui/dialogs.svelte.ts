/** The open modal dialogs, the last on top: what is behind it cannot be pressed or announced. */
let open = $state.raw<readonly HTMLDialogElement[]>([]);

export const topmost = (): HTMLDialogElement | undefined => open.at(-1);

export function opened(dialog: HTMLDialogElement): () => void {
  open = [...open, dialog];
  return () => {
    open = open.filter((other) => other !== dialog);
  };
}
