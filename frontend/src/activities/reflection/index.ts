import { activity } from "../activity";

export const reflection = activity({
  name: "reflection",
  minutes: 40,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
