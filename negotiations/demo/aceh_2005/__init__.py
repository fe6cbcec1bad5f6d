"""Aceh, the Helsinki memorandum of 2005: closed, reciprocal and counted."""
