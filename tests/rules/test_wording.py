"""Two wordings are compared word by word, and nothing of either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.wording import Engine, Patience, word_changes

TEXTS = st.text(alphabet=st.sampled_from("ab ثة\n.,’'-é😀\x00"), max_size=60)


def joined(before: str, after: str, *kinds: str) -> str:
    return "".join(piece.text for piece in word_changes(before, after).pieces if piece.kind in kinds)


def test_it_names_the_word_that_changed() -> None:
    pieces = [
        (piece.kind, piece.text) for piece in word_changes("Posts are open daily.", "Posts are shut daily.").pieces
    ]
    assert pieces == [("same", "Posts are "), ("removed", "open"), ("added", "shut"), ("same", " daily.")]


def test_it_never_cuts_a_word_in_two() -> None:
    changed = [piece.text for piece in word_changes("withdrawal", "withdraw").pieces if piece.kind != "same"]
    assert changed == ["withdrawal", "withdraw"]


def test_it_compares_arabic() -> None:
    assert joined("بعد ثلاثة أشهر", "بعد ستة أشهر", "added") == "ستة"


def test_the_same_text_has_no_changes() -> None:
    assert [piece.kind for piece in word_changes("As it was.", "As it was.").pieces] == ["same"]
    assert word_changes("", "").pieces == ()


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    assert joined(before, after, "same", "removed") == before
    assert joined(before, after, "same", "added") == after


def paragraphs(count: int, word: str) -> str:
    lines = (" ".join(f"{word}{number}x{at}" for at in range(20)) for number in range(count))
    return "\n".join(f"§{number} {word} {line}" for number, line in enumerate(lines))


def test_where_too_much_changed_it_shows_whole_paragraphs() -> None:
    before = f"It begins.\n{paragraphs(100, 'east')}\nIt ends."
    changes = word_changes(before, before.replace("east", "west"))
    assert changes.is_by_paragraph
    assert [piece.kind for piece in changes.pieces] == ["same", "removed", "added", "same"]


def test_a_long_text_with_few_changes_is_still_compared_word_by_word() -> None:
    before = paragraphs(400, "post")
    changes = word_changes(before, before.replace("§13 post", "§13 gate").replace("§397 post", "§397 gate"))
    assert not changes.is_by_paragraph
    assert [piece.text for piece in changes.pieces if piece.kind == "added"] == ["gate", "gate"]


def test_hostile_texts_come_back_whole() -> None:
    before, after = "\n".join("ab" * 6000), "\n".join("cabd" * 3000)
    changes = word_changes(before, after)
    assert changes.is_by_paragraph
    assert joined(before, after, "same", "removed") == before
    assert joined(before, after, "same", "added") == after


def test_patience_is_counted_in_work_and_not_in_seconds() -> None:
    patience = Patience(Engine(work=4), length=0)
    assert [patience < 10**12, patience < 0, patience < 0] == [False, False, True]
    assert not Patience(Engine(work=4), length=48) < 0
    assert Patience(Engine(work=4), length=64) < 0
