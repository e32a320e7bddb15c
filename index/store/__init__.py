"""The database: its tables, its transactions, and every query on it."""
