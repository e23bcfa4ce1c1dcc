import { activity } from "../activity";

export const pulse = activity({
  name: "pulse",
  minutes: 10,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
