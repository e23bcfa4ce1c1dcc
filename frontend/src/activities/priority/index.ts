import { activity } from "../activity";

export const priority = activity({
  name: "priority",
  minutes: 30,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
