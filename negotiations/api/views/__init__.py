"""The addresses of the interface, one noun a file."""
