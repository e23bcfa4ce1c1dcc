"""The only place where slices meet: each module wires one of them."""
