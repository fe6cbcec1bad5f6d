"""What is sealed opens under the site's keys, present and going out, for its own place alone."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from negotiations.services.sealing import SealBroken, seal, unseal


def test_it_opens_and_says_nothing_while_it_is_shut() -> None:
    sealed = seal("whsec_abc", place="webhook:1")
    assert "whsec" not in sealed
    assert sealed != seal("whsec_abc", place="webhook:1")
    assert unseal(sealed, place="webhook:1") == "whsec_abc"


def test_it_opens_under_a_key_on_its_way_out_and_under_no_other(settings: Settings) -> None:
    sealed, before = seal("whsec_abc", place="webhook:1"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["other" * 10, before]
    assert unseal(sealed, place="webhook:1") == "whsec_abc"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealBroken):
        unseal(sealed, place="webhook:1")


@pytest.mark.parametrize("change", ["", "s1.", "s1.!!", "s2.AAAA", "s1." + "A" * 80])
def test_what_was_not_sealed_here_does_not_open(change: str) -> None:
    with pytest.raises(SealBroken):
        unseal(change, place="webhook:1")


def test_it_opens_for_its_own_place_alone() -> None:
    with pytest.raises(SealBroken):
        unseal(seal("whsec_abc", place="webhook:1"), place="webhook:2")
