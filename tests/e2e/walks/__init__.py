"""Every page and every form of the demonstration, opened in a real browser."""
