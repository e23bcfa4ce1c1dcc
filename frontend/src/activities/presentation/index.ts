import type { Kind } from "../activity";

export default { minutes: 25, speaks: ["factors"] } satisfies Kind;
