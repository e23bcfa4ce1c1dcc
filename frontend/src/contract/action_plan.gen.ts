// `make types` writes this file from the server's code; a change here is lost.
export const ACTION_STATUSES = ["not_started", "under_way", "done", "dropped"] as const;
