// `make types` writes this file from the server's code; a change here is lost.
/** The id of an answer: there is one of each in a reflection. */
export const reflectionId = (activity: string, part: string): string => `reflection:${activity}:${part}`;
/** The id of the choice of the next theme. */
export const nextThemeId = (activity: string): string => `next_theme:${activity}`;
/** The id of a theme's progress picture. */
export const progressId = (theme: string): string => `progress:${theme}`;
