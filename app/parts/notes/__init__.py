"""Notes: the records, writing them, and what is waiting to be shown."""
