"""Words as the lexical half of retrieval sees them. Owns normalisation; knows nothing of any database.

Both databases index the same terms: they are made here, stored as plain text, and matched without
any further analysis, so that SQLite's FTS5 and PostgreSQL's tsvector find the same passages.
"""

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")

STOP_WORDS = frozenset(
    """a about above after again all am an and any are aren't as at be because been before being below between
    both but by can can't could did didn't do does doesn't doing don't down during each few for from further had
    has have having he he's her here hers him his how how's i i'd i'll i'm i've if in into is isn't it it's its
    just let's me more most my no nor not now of off on once only or other our out over own per same shall she
    should so some such than that that's the their them then there there's these they they're this those through
    to too under until up very was wasn't we were what what's when when's where which while who who's whom whose
    why will with won't would you your""".split()
)

# Spelling varies with the outlet; meaning does not. American forms and long forms are the stored ones.
_ONE_SPELLING = {
    "aluminium": "aluminum",
    "bn": "billion",
    "centre": "center",
    "cheque": "check",
    "defence": "defense",
    "fibre": "fiber",
    "grey": "gray",
    "licence": "license",
    "licences": "licenses",
    "litre": "liter",
    "metre": "meter",
    "metres": "meters",
    "mln": "million",
    "mn": "million",
    "offence": "offense",
    "pct": "percent",
    "percentage": "percent",
    "programme": "program",
    "theatre": "theater",
    "tonne": "ton",
    "tonnes": "tons",
    "tyre": "tire",
} | {
    name[:3]: name
    for name in (
        "january february march april june july august september october november december"
        " monday tuesday wednesday thursday friday saturday sunday"
    ).split()
    if name[:3] not in {"mar", "sat", "sun"}  # these three are words of their own
}
_AMERICAN = (
    (re.compile(r"is(e[drs]?|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e[drs]?|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w\w\w)our(s|ed|ing|able|ite|ites)?$"), r"or\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
)
_LONGEST = 64  # characters; a longer run of letters is no word, and no database would index it
_stem = Stemmer("english").stemWord


@lru_cache(maxsize=65_536)
def _term(word: str) -> str:
    word = word[:_LONGEST].replace("’", "'").removesuffix("'s").replace("'", "").strip(".")
    if word[0].isdigit():
        return word.replace(",", "")
    word = word.replace(".", "")
    word = _ONE_SPELLING.get(word, word)
    for pattern, american in _AMERICAN:
        word = pattern.sub(american, word)
    plain = unicodedata.normalize("NFKD", _stem(word))
    return "".join(c for c in plain if c.isalnum())


def terms(text: str) -> list[str]:
    """The terms of a text in order, without stop words: stemmed, one spelling, no accents.

    >>> terms("The licences’ 1,340 metres were organised.")
    ['licens', '1340', 'meter', 'organ']
    """
    words = (word.lower() for word in _WORD.findall(text))
    return [term for word in words if word.replace("’", "'") not in STOP_WORDS and (term := _term(word))]
