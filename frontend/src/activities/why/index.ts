import type { Kind } from "../activity";

export default { minutes: 30 } satisfies Kind;
