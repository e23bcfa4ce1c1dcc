/** The only place that knows which kinds of activity there are. */
import type { ActivityName } from "../board/types";
import { action_plan } from "./action_plan";
import type { Activity } from "./activity";
import { clustering } from "./clustering";
import { dots } from "./dots";
import { influence } from "./influence";
import { notes } from "./notes";
import { presentation } from "./presentation";
import { priority } from "./priority";
import { pulse } from "./pulse";
import { reflection } from "./reflection";
import { why } from "./why";
import { stop_more_new } from "./stop_more_new";
import { turn_up_turn_down } from "./turn_up_turn_down";

export const activities: Record<ActivityName, Activity> = {
  notes,
  clustering,
  influence,
  priority,
  why,
  action_plan,
  presentation,
  stop_more_new,
  turn_up_turn_down,
  reflection,
  dots,
  pulse,
};
