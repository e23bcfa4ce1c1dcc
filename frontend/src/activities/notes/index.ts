import { activity } from "../activity";

export const notes = activity({
  name: "notes",
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
