"""Views: one noun a file; a door, a selector, a template."""
