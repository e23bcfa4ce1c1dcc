import type { Kind } from "../activity";

export default { minutes: 30, speaks: ["placing"] } satisfies Kind;
