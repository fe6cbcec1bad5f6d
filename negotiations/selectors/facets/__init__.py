"""How each list can be narrowed, one file for each noun."""
