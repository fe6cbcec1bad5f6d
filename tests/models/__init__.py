"""The database's own guards: codes, constraints, and no change without an entry."""
