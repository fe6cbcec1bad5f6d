"""Aceh, the Helsinki memorandum of 2005: closed, reciprocal and counted."""

from .story import tell

__all__ = ["tell"]
