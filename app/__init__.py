"""Trivselstavlen: a live workshop tool for well-being at work."""
