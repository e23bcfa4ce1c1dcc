// `make types` writes this file from the server's code; a change here is lost.
export const FACTORS = ["demands", "influence", "meaning", "support", "predictability", "reward"] as const;
