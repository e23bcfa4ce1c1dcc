import { activity } from "../activity";

// The name is the server's: it stands on the wire and in the folders of both sides.
export const action_plan = activity({
  name: "action_plan",
  minutes: 60,
  phone: () => import("./Phone.svelte"),
  wall: () => import("./Wall.svelte"),
  desk: () => import("./desk"),
});
