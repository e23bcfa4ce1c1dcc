"""The public page that says what is stored and what is not: every clause with the rules that hold it."""

from app.privacy.page import PAGES, SECTIONS, routes, stored_page

__all__ = ["PAGES", "SECTIONS", "routes", "stored_page"]
