// `make types` writes this file from the server's code; a change here is lost.
export const WHY_PARTS = ["headline", "seen", "stake", "act", "effort", "gain", "success", "attention"] as const;
