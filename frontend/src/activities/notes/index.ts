import { activity } from "../activity";

export const notes = activity({
  name: "notes",
  minutes: 5,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
