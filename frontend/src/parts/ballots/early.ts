/** U9: what closes too early shows nothing, so that its button is an outline until enough have answered. */
export const isEarly = (answered: number, least: number): boolean => answered < least;
