"""The accounts and processes of a fresh server for each test, or of one for a file."""

from tests.support.house import home, standing

__all__ = ["home", "standing"]
