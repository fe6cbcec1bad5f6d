"""Accounts: the framework's views for passwords, second factors and sessions, in the tracker's words and look."""
