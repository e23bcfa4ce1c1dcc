import { activity } from "../activity";

export const turn_up_turn_down = activity({
  name: "turn_up_turn_down",
  minutes: 30,
  speaks: ["notes", "posters"],
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
