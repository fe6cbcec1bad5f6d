"""The one-page brief: what a principal reads, as a page and as a tagged PDF, from the same parts as the overview."""
