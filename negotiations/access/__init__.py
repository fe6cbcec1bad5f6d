"""The only doors from a request to an object."""
