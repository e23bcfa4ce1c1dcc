import type { Kind } from "../activity";

export default { minutes: 20 } satisfies Kind;
