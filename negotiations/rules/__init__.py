"""Pure rules: no database, no settings, no clock."""
