"""Storage: the database, its tables, and the store of board records."""
