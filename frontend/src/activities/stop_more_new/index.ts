import { activity } from "../activity";

export const stop_more_new = activity({
  name: "stop_more_new",
  minutes: 30,
  speaks: ["notes", "posters"],
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
