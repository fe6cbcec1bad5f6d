"""A real browser, mostly without JavaScript."""
