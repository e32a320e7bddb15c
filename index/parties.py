"""Who is party to a deal: the names that its decisive sentences name most. Owns the guess; types no name.

A name is a run of capitalised words of a sentence, sliced from it with its place.
"""

import re
from collections import Counter
from collections.abc import Sequence

from index.models import Frozen
from index.store.sightings import Seen

MOST = 4
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:(?: (?:of|de|for)(?: the)?)? [A-Z][\w’'-]*)*")
_NO_NAMES = frozenset(
    "The A An In On At By But And As It They He She We I This That Both After Before Since When While Talks No Not There Negotiators Negotiations "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Shareholders Members Prime Minister President Parliament Officials Delegations Envoys Workers Its Their His Her".split()
)
_PAIRED = re.compile(r"(?:\bbetween |\band |\bwith |\bby |\bof |\bfrom |^)(?:the )?$")
_OWN = re.compile(r"[’']s?$")


class Party(Frozen):
    """``start`` and ``end`` count in its article's stored text."""

    name: str
    article_id: str
    start: int
    end: int


def parties(decisive: Sequence[Seen], others: Sequence[Seen], about: str) -> tuple[Party, ...]:
    """The names in at least two of the decisive sentences, or in one and in what the deal is about; most named first.

    Where that is fewer than two, ``others`` add the names that they share with what the deal is about.
    """
    found = _parties(decisive, about)
    if len(found) < 2:
        known = [each for each in _parties(others, about) if each.name in about]
        found += [each for each in known if not any(each.name in one.name for one in found)]
    return tuple(found[:MOST])


def _parties(decisive: Sequence[Seen], about: str) -> list[Party]:
    counts: Counter[str] = Counter()
    places: dict[str, Party] = {}
    for each in decisive:
        for name, start in dict.fromkeys(_names(each.quote)):
            paired = bool(_PAIRED.search(each.quote[:start]))
            counts[name] += 2 if paired else 1
            place = each.sighting.start + start
            places.setdefault(
                name, Party(name=name, article_id=str(each.article_id), start=place, end=place + len(name))
            )
    told = {name: sum(name in each.quote for each in decisive) for name in counts}
    kept = [
        name
        for name, _ in counts.most_common()
        if (told[name] > 1 or name in about)
        and not any(name != other and name in other for other in counts if told[other] >= told[name])
    ]
    whole = [name for name in kept if not any(name != other and name in other for other in kept)]
    return [places[name] for name in whole[:MOST]]


def _names(quote: str) -> list[tuple[str, int]]:
    found = []
    for match in _NAME.finditer(quote):
        name, start = match.group(), match.start()
        while ((first := name.split(" ")[0]) in _NO_NAMES or first.islower()) and " " in name:
            start += len(first) + 1
            name = name[len(first) + 1 :]
        name = _OWN.sub("", name)
        if name not in _NO_NAMES and len(name) > 1:
            found.append((name, start))
    return found
