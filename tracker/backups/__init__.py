"""Backup and restore: one file with everything that has to survive, checked before it is believed."""
