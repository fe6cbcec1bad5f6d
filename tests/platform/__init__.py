"""Engines, scripts, settings and operations."""
