from datetime import date, datetime, timedelta, timezone

import pytest

from index.errors import UnreadableError
from index.models import Draft
from index.read import read_bytes


def read(text: str, name: str = "a.md") -> Draft:
    [draft] = read_bytes(text.encode(), origin=name, name=name).drafts
    return draft


WHOLE = """---
title: "The cable: who pays?"
date: 2025-03-06T23:30:00+02:00
source: The Orvane Chronicle
url: https://chronicle.example/who-pays
author: [Ilka Dorn, Pavo Lind]
---

# The cable: who pays?

The [regulator](https://r.example/x "R") said *nothing* about the **fee**
of `1.8` million.

## What is next

- Orvane names an operator.
- Keldmark votes.

> “Twice,” she said.

| Year | Fee |
|---|---|
| 2025 | 2 |

![A ship](ship.jpg)

*With reporting by Kestrel.*
"""


def test_front_matter_and_rendering() -> None:
    draft = read(WHOLE)
    assert draft.text == (
        "The regulator said nothing about the fee of 1.8 million.\n\nWhat is next\n\nOrvane names an operator.\n\n"
        "Keldmark votes.\n\n“Twice,” she said.\n\nYear | Fee\n\n2025 | 2\n\nWith reporting by Kestrel."
    )
    assert draft.published == datetime(2025, 3, 6, 23, 30, tzinfo=timezone(timedelta(hours=2)))  # the printed day stays
    assert (draft.title, draft.author) == ("The cable: who pays?", "Ilka Dorn, Pavo Lind")
    assert (draft.source, draft.url) == ("The Orvane Chronicle", "https://chronicle.example/who-pays")


def test_variants() -> None:
    assert read(WHOLE, name="a.txt").title == "The cable: who pays?"
    assert (
        read("---\ntitle: The cable: who pays?\ndate: 6 March 2025\n---\nNobody knows yet.").title
        == "The cable: who pays?"
    )
    assert read("---\nheadline: X y z\nPublished: 2025-03-06\n---\nNobody knows yet.").published == date(2025, 3, 6)
    assert read('+++\ntitle = "X y z"\ndate = 2025-03-06\n+++\nNobody knows yet.').published == date(2025, 3, 6)
    assert read("# A cable\n\nBy Ilka Dorn\n\nNobody knows yet.").author == "Ilka Dorn"
    assert read("---\ntitle: X\ndate: soon\n---\nNobody knows yet.").published is None


def test_a_rule_inside_the_text_is_no_front_matter() -> None:
    assert read("# A cable\n\nNobody knows.\n\n---\n\nStill not.").text == "Nobody knows.\n\nStill not."


def test_bad_front_matter() -> None:
    with pytest.raises(UnreadableError, match="no text below"):
        read("---\ntitle: X\n---\n\n# X\n")
    with pytest.raises(UnreadableError, match="not valid YAML"):
        read("---\n'a: [\n  b\n---\nText.")
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\nThe text stands here."
    assert read(bomb).text == "The text stands here."
