"""Where slices meet each other, and nowhere else: each module wires one of them."""
