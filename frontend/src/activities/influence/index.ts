import { activity } from "../activity";

export const influence = activity({
  name: "influence",
  minutes: 30,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
