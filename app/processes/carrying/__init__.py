"""A process as a file of its own, and back into a process: another server, or the same one, goes on with it.

What the file holds is said in `README.md`, by version.
"""
