/** The only place that knows which kinds of activity there are. */
import type { ActivityName } from "../board/types";
import { action_plan } from "./action_plan";
import type { Activity } from "./activity";
import { clustering } from "./clustering";
import { influence } from "./influence";
import { notes } from "./notes";
import { presentation } from "./presentation";
import { priority } from "./priority";
import { why } from "./why";

export const activities: Record<ActivityName, Activity> = {
  notes,
  clustering,
  influence,
  priority,
  why,
  action_plan,
  presentation,
};
