// `make types` writes this file from the server's code; a change here is lost.
/** The id of a theme's place in a cycle. */
export const priorityId = (theme: string, cycle: number): string => cycle === 1 ? `priority:${theme}` : `priority:${theme}:${cycle}`;
/** The id of the pass an item is in. */
export const guideId = (activity: string): string => `guide:${activity}`;
/** The id of the frozen result. */
export const spreadId = (activity: string, theme: string): string => `spread:${activity}:${theme}`;
