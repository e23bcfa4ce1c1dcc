/** U9: closing too early shows nothing, so the button is an outline until enough have answered. */
export const isEarly = (answered: number, least: number): boolean => answered < least;
