import { activity } from "../activity";

export const influence = activity({
  name: "influence",
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
