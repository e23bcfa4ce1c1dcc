"""A meeting to try out alone, with simulated phones; it lives in memory and nothing of it is kept."""
