"""The one application: a negotiation and everything recorded about it."""
