import { activity } from "../activity";

export const why = activity({
  name: "why",
  minutes: 30,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
