"""Reads that join: what a page or a document needs, in a bounded number of queries."""
