"""The interface as a program in Python meets it."""
