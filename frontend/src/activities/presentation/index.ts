import { activity } from "../activity";

export const presentation = activity({
  name: "presentation",
  minutes: 25,
  speaks: ["factors"],
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
