"""The accounts and processes of a fresh server for each test."""

from tests.support.house import home

__all__ = ["home"]
