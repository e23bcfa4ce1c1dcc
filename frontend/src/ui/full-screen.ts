/** Full screen on or off. Browsers allow it only on user interaction; otherwise nothing happens. */
export const mayFill = (): boolean => document.fullscreenEnabled === true;
export const fills = (): boolean => document.fullscreenElement !== null;

export function fill(): Promise<void> {
  const done = fills() ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  return done.catch(() => undefined);
}
