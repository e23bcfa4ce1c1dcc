import type { Kind } from "../activity";

export default { minutes: 60 } satisfies Kind;
