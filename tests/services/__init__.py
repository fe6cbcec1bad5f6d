"""The verbs: each writes a row and an entry and nothing else, or refuses."""
