"""States and differences, read from the record."""
