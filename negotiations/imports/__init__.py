"""Bringing it in: tables and whole records, checked line by line before anything is written."""
