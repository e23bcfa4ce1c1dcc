"""What people's words mean, in pure functions: no clock, no randomness, no network."""
