"""A house of the backend slices for each test."""

from tests.support.house import home

__all__ = ["home"]
