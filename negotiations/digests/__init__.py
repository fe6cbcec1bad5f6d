"""Digests and alerts: what changed in a stretch of the record, told to one person."""
