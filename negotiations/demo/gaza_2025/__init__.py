"""Gaza, the 20-point plan of 2025: live, contested, told to 1 February 2026."""

from .story import tell

__all__ = ["tell"]
