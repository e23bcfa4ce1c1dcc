import type { Kind } from "../activity";

export default { minutes: 15 } satisfies Kind;
