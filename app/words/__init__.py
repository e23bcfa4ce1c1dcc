"""What people's words mean, worked out by pure functions: no clock, no chance, no network."""
