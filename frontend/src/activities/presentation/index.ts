import type { Kind } from "../activity";

export default { minutes: 25 } satisfies Kind;
