"""Gaza, the three-phase agreement of January 2025: the earlier attempt, which did not reach its second phase."""

from .story import tell

__all__ = ["tell"]
