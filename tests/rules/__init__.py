"""What the rules say, as examples and properties; no database."""
