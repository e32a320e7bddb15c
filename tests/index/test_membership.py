"""Whether an article belongs to a deal, by likeness and by how it names the parties."""

import pytest

from index.membership import LIKENESS, belongs, wanted

TWO = "a merger of the Stannick Cooperative Brewery with the Rootham Valley Brewers' Union"
ONE = "accession talks with the European Union"
PREFIXED = "a lease between Arvena Holdings and Arvena"


@pytest.mark.parametrize(
    ("about", "likeness", "text", "joins"),
    [
        (TWO, LIKENESS, "Nothing is named here.", True),
        (TWO, 0.44, "Nothing is named here.", False),
        (TWO, 0.25, "The Stannick Cooperative Brewery will join the Rootham Valley Brewers' Union.", True),
        (TWO, 0.25, "The papers say that Stannick will join Rootham in May.", True),
        (TWO, 0.15, "The papers say that Stannick will join Rootham in May.", True),
        (TWO, 0.14, "The papers say that Stannick will join Rootham in May.", False),
        (TWO, 0.4, "The papers say that Stannick is for sale.", True),
        (TWO, 0.3, "The papers say that Stannick is for sale.", False),
        (TWO, 0.4, "Stannick is for sale.", False),  # a word that opens a sentence may be any word
        (ONE, 0.25, "The European Union is open to all.", True),
        (ONE, 0.25, "The shares of European carmakers fell.", False),
        (ONE, 0.36, "The shares of European carmakers fell.", True),
        (PREFIXED, 0.25, "The port and Arvena met.", False),  # one mention is no two names
    ],
)
def test_it_takes_likeness_or_the_parties_names(about: str, likeness: float, text: str, joins: bool) -> None:
    assert belongs(wanted(about), likeness, "", text) is joins


def test_what_must_or_must_not_occur_outweighs_both() -> None:
    assert not belongs(wanted(TWO, must="hops"), 0.9, "A merger", "No such word.")
    assert belongs(wanted(TWO, must="hops"), 0.9, "A merger", "Hops and malt.")
    assert not belongs(wanted(TWO, must_not="football"), 0.9, "A merger", "Of two football clubs.")
