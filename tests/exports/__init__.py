"""Tests of what people take with them."""
