"""Reading people's words with pure functions: no clock, no randomness, no network."""
