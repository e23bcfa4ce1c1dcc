/** The whole screen for a page, or no longer. Browsers allow it to a hand only; where they do not, nothing happens. */
export const mayFill = (): boolean => document.fullscreenEnabled === true;
export const fills = (): boolean => document.fullscreenElement !== null;

export function fill(): Promise<void> {
  const done = fills() ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  return done.catch(() => undefined);
}
