import { activity } from "../activity";

export const dots = activity({
  name: "dots",
  minutes: 10,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
