"""Two wordings are compared word by word, and nothing of either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.wording import word_changes

TEXTS = st.text(alphabet=st.sampled_from("ab ثة\n.,’'-é😀\x00"), max_size=60)


def joined(before: str, after: str, *kinds: str) -> str:
    return "".join(piece.text for piece in word_changes(before, after) if piece.kind in kinds)


def test_it_names_the_word_that_changed() -> None:
    pieces = [(piece.kind, piece.text) for piece in word_changes("Posts are open daily.", "Posts are shut daily.")]
    assert pieces == [("same", "Posts are "), ("removed", "open"), ("added", "shut"), ("same", " daily.")]


def test_it_never_cuts_a_word_in_two() -> None:
    changed = [piece.text for piece in word_changes("withdrawal", "withdraw") if piece.kind != "same"]
    assert changed == ["withdrawal", "withdraw"]


def test_it_compares_arabic() -> None:
    assert joined("بعد ثلاثة أشهر", "بعد ستة أشهر", "added") == "ستة"


def test_the_same_text_has_no_changes() -> None:
    assert [piece.kind for piece in word_changes("As it was.", "As it was.")] == ["same"]
    assert word_changes("", "") == []


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    assert joined(before, after, "same", "removed") == before
    assert joined(before, after, "same", "added") == after
