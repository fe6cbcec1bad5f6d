"""Pages for people: thin views over the same doors, selectors and verbs as everything else."""
