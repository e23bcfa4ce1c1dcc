"""The kinds of activity, a folder each; `registry.py` has a line for each."""
