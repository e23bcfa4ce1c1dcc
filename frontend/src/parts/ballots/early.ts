/** U9: what closes too early shows nothing, so that its button is an outline until enough have answered. */
import { THRESHOLD } from "../../contract/ballots.gen";

export const isEarly = (answered: number, least: number = THRESHOLD): boolean => answered < least;
