"""The verbs: where a rule, a row and an entry meet."""
