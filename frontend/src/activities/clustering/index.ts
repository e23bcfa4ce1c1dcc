import { activity } from "../activity";

export const clustering = activity({
  name: "clustering",
  minutes: 20,
  speaks: ["factors"],
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
