/** The modal dialogs that are open, the last on top: behind it nothing can be seen well, pressed or heard. */
let open = $state.raw<readonly HTMLDialogElement[]>([]);

export const topmost = (): HTMLDialogElement | undefined => open.at(-1);

export function opened(dialog: HTMLDialogElement): () => void {
  open = [...open, dialog];
  return () => {
    open = open.filter((other) => other !== dialog);
  };
}
