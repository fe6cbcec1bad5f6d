"""Tags and filters that put the domain's words and marks on a page."""
