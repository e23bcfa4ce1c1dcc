// `make types` writes this file from the server's code; a change here is lost.
export const PHASES = [1, 2, 3, 4, 5] as const;
export const PHASE_OF = {"notes": 2, "clustering": 2, "influence": 3, "priority": 3, "presentation": 2, "why": 1, "action_plan": 4, "stop_more_new": 4, "turn_up_turn_down": 4, "reflection": 5, "dots": 3, "me_too": 2, "pulse": 5, "free": null} as const;
export const POSTERS_OF = {"stop_more_new": ["stop", "more", "new"], "turn_up_turn_down": ["up", "down"]} as const;
