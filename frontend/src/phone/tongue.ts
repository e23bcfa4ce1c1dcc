/** Changes the language of this phone, from whatever page it is on (U18); set by the app. */
export const tongue = { change: (): void => undefined };
