"""The accounts and processes of a fresh server for each test, or for a file that changes nothing."""

from tests.support.house import home, standing

__all__ = ["home", "standing"]
