"""Notes: what they are, how they are written, and what waits to be told."""
