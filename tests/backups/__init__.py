"""Backup and restore between two installations of their own, with real dumps."""
