"""Drawings made on the server: geometry in attributes, paint in classes, every word escaped."""
