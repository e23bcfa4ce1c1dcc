import type { Kind } from "../activity";

export default { minutes: 10 } satisfies Kind;
