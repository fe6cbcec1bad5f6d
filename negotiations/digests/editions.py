"""What letters tell, kept once however many get the same."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from negotiations.models import Edition

# The keys of entries that are told together.
Told = tuple[int, ...]


class Editions:
    """The editions that one worker needs for a batch: those it has not met yet are looked up or made together."""

    def __init__(self) -> None:
        self.keys: dict[Told, int | None] = {(): None}

    def meet(self, letters: Iterable[Told]) -> None:
        """Have the editions of all these ready; two queries, or none where all of them were met before."""
        new = {told: key_of(told) for told in letters if told not in self.keys}
        if new:
            made = {key: Edition(key=key, told=sorted(told)) for told, key in new.items()}
            Edition.objects.bulk_create(made.values(), ignore_conflicts=True)
            found = dict(Edition.objects.filter(key__in=list(made)).values_list("key", "pk"))
            self.keys.update((told, found[key]) for told, key in new.items())

    def of(self, told: Told) -> int | None:
        """The edition of what was met; None for nothing."""
        return self.keys[told]


def key_of(told: Told) -> str:
    """The digest of what is told, in whatever order."""
    return sha256(",".join(map(str, sorted(told))).encode()).hexdigest()
