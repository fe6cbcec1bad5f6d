"""The demonstration says what public reporting says, and nothing more."""
