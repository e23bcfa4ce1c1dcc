import { activity } from "../activity";

export const presentation = activity({
  name: "presentation",
  minutes: 25,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
