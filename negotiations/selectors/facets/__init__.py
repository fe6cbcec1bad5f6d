"""How each list can be narrowed, one file for each noun."""

from .base import Facet, Facets, flag, said

__all__ = ["Facet", "Facets", "flag", "said"]
