import type { Kind } from "../activity";

export default { minutes: 5 } satisfies Kind;
