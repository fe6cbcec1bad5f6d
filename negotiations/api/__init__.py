"""The interface for programs: what `/api/v1/` answers."""
