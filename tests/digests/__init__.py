"""Digests and alerts."""
