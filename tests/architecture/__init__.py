"""Rules about the code itself, kept true by tests."""
