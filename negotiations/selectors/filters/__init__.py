"""How lists are narrowed, by pages and by the interface alike: one set of filters for each noun."""
