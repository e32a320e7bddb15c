"""What a newer sentence says has become of a deadline, and what only looks as if."""

from datetime import date

import pytest

from index.deadlines.fate import find_fate

DUE, PUBLISHED = date(2026, 6, 30), date(2026, 5, 20)
WHAT = "The trust must sign the sale of the lighthouse"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The 30 June deadline for signing the sale of the lighthouse was scrapped on Monday.", "cancelled"),
        ("The trust lifted the deadline for the sale of the lighthouse.", "cancelled"),
        ("The trust signed the sale of the lighthouse on Tuesday.", "met"),
        ("The trust met its deadline for the lighthouse sale.", "met"),
        ("The trust denied that it must sign the sale by 30 June.", "denied"),
        ("There is no deadline for signing the lighthouse sale, the mayor said.", "denied"),
        ("The trust would have signed the sale of the lighthouse.", None),
        ("The trust has not signed the sale of the lighthouse.", None),
        ("The trust will sign the sale of the lighthouse by 30 June.", None),
        ("The mayor asked that the 30 June deadline for the sale be scrapped.", None),
        ("Was the sale of the lighthouse signed by the trust?", None),
        ("The bakers cancelled their party of 30 June.", None),
        ("If the trust signed the sale of the lighthouse, the lamp would go out.", None),
        ("The trust was to have signed the sale of the lighthouse by 30 June.", None),
        ("The sale of the lighthouse was put off from 30 June to 31 August.", None),
        ("The deadline for the bakers' petition was scrapped.", None),
    ],
)
def test_a_sentence(sentence: str, kind: str | None) -> None:
    text = f"It rained on the quay. {sentence} Nobody else spoke."
    fate = find_fate(text, PUBLISHED, DUE, WHAT)
    assert (fate and fate.kind) == kind
    if fate:
        assert text[fate.start : fate.end] == sentence
