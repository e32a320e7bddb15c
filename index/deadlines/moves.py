"""Reads a sentence that moves a day: which of its dates no longer holds, and which one holds now.

Judges no obligation; a date that is moved to is one by being moved to.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from index.deadlines import cues
from index.deadlines.sentence import DATE, Sentence

_ALONE = frozenset(
    {
        "later",
        "earlier",
        "longer",
        "put",
        "brought",
        "changed",
        "changes",
        "revised",
        "renewed",
        "reset",
        "advanced",
        "extension",
        "delay",
    }
)
_WAS_TO_PHRASES = (
    ("was", "to"), ("were", "to"), ("was", "due"), ("were", "due"), ("had", "been", "due"), ("was", "supposed"), ("were", "supposed"),
    ("was", "meant"), ("were", "meant"), ("was", "set"), ("were", "set"), ("had", "been", "set"), ("was", "scheduled"), ("were", "scheduled"),
    ("had", "been", "scheduled"), ("had", "been", "planned"), ("was", "planned"), ("was", "originally"), ("were", "originally"), ("would", "have"),
    ("should", "have"), ("had", "expected"), ("was", "expected"), ("had", "been", "expected"), ("had", "until"), ("had", "been"), ("was", "fixed"),
)  # fmt: skip
_WAS_TO = {first: [phrase for phrase in _WAS_TO_PHRASES if phrase[0] == first] for first, *_ in _WAS_TO_PHRASES}
_ASKING = frozenset("asked asks ask requested requests request seeks seek sought wants want proposed proposes propose could may might would hopes hope "
                    "considering considers weighing discuss discussed discussing urged calls call refused refuses declined ruled".split())  # fmt: skip
_POSSIBLE = frozenset({"can", "could", "may", "might"})
_ENDED = frozenset(
    "scrapped abandoned dropped lifted cancelled canceled withdrawn missed lapsed expired passed waived void obsolete annulled".split()
)


@dataclass(slots=True)
class Moves:
    old: set[int] = field(default_factory=set)  # places of dates that no longer hold
    new: set[int] = field(default_factory=set)
    moving: bool = False


def read_moves(s: Sentence) -> Moves:
    places = sorted(s.dates)
    moves = Moves()
    verbs = [k for k, word in enumerate(s.words) if word in cues.MOVING and _moves(s, k)]
    moves.moving = bool(verbs)
    for at in places:
        if _instead(s, at) and len(places) > 1:
            moves.old.add(at)
    _from_to(s, places, verbs, moves)
    for at in places:
        if at not in moves.old and _moved_to(s, at, verbs):
            moves.new.add(at)
    moved = bool(moves.new) or moves.moving or "now" in s.words
    for at in places:
        if at in moves.new or at in moves.old:
            continue
        others = [k for k in places if k != at]
        if (
            (others and _originally(s, at))
            or ((moved or moves.old) and others and (_once_due(s, at) or _old_deadline(s, at, verbs, moves)))
            or ((_once_due(s, at) or _named_deadline(s, at)) and _ended(s, at))
            or (moved and _old_word(s, at))
            or (
                moves.new
                and at < min(moves.new)
                and s.dates[at].tense != "past"
                and _moved_between(s, at, verbs, moves)
            )
        ):
            moves.old.add(at)
    if moves.old and not moves.new:
        # “will be decided on 12 June instead of 30 May”, “will now be decided on 12 June”: that one took its place.
        left = [at for at in places if at not in moves.old and s.dates[at].tense != "past"]
        said_now = [at for at in left if "now" in s.words[max(0, at - 8) : at]]
        if said_now or (len(left) == 1 and any(_instead(s, at) for at in moves.old)):
            moves.new.add((said_now or left)[0])
    return moves


def _moves(s: Sentence, k: int) -> bool:
    word = s.words[k]
    if s.word(k - 1) in _POSSIBLE or (s.word(k - 1) == "be" and s.word(k - 2) in _POSSIBLE):
        return False  # “the term can be extended by two months”
    if word in ("put", "putting"):
        return not {"off", "back"}.isdisjoint(s.words[k + 1 : k + 5])
    if word in ("brought", "bringing", "pulled"):
        return "forward" in s.words[k + 1 : k + 6]
    if word == "shoved":
        return s.word(k + 1) == "back"
    if word == "carried":
        return s.word(k + 1) in ("over", "forward")
    if word in ("push", "pushing", "pushes", "shift", "shifting"):
        return "back" in s.words[k + 1 : k + 9] or s.word(k - 1) in ("to", "will", "would", "of", "by")
    if word in ("moved", "moves", "move", "moving"):
        to_a_day = any(
            s.words[j] == DATE and s.words[j - 1] in ("to", "until", "from") for j in range(k + 1, len(s.words))
        )
        return to_a_day or s.word(k + 1) in ("back", "forward", "along")
    if word in ("later", "earlier", "longer"):
        return s.word(k + 1) == "than"
    return True


_INSTEAD_ENDS = frozenset({phrase[-1] for phrase in cues.INSTEAD} | {"than"})


def _instead(s: Sentence, at: int) -> bool:
    k = at
    while (
        s.word(k - 1) in ("on", "by", "the", "until", "from", "in", "as", "at", "of")
        and at - k < 3
        and not s.has("instead", "of", before=k)
    ):
        k -= 1
    if s.word(k - 1) not in _INSTEAD_ENDS:
        return False
    return any(s.has(*phrase, before=k) for phrase in cues.INSTEAD) or (
        s.has("than", before=k)
        and s.word(k - 2) in ("later", "earlier", "longer", "rather")
        and s.word(k - 3) not in ("no", "not")
    )


def _from_to(s: Sentence, places: list[int], verbs: list[int], moves: Moves) -> None:
    """“moved from 1 July to 1 September”."""
    if not verbs:
        return
    for old, new in pairwise(places):
        start = old - 1 if s.word(old - 1) != "the" else old - 2
        if s.word(start) == "from" and s.word(new - 1) in ("to", "until", "till") and new - old <= 4:
            moves.old.add(old)
            moves.new.add(new)
        elif s.word(start) == "to" and s.word(new - 1) == "from" and new - old <= 4:
            moves.old.add(new)
            moves.new.add(old)


_TO = frozenset({"to", "until", "till", "by", "for", "through"})


def _moved_to(s: Sentence, at: int, verbs: list[int]) -> bool:
    k = at - 1
    while s.word(k) in ("the", "at", "least", "midnight", "on"):
        k -= 1
    if s.word(k) not in _TO:
        return False
    if s.word(k) in ("by", "for") and s.dates[at].granularity != "duration":
        return False
    for verb in reversed([v for v in verbs if v < k]):
        between = s.words[verb:k]
        return not any(word in (";", "but", "who", "which") for word in between) and k - verb < 22
    return False


def _once_due(s: Sentence, at: int) -> bool:
    for k in range(at - 1, max(-1, at - 9), -1):
        if s.words[k] in (DATE, ";"):
            return False
        if s.words[k] in ("originally", "initially", "previously", "formerly", "supposed"):
            return True
        if s.words[k] == "otherwise" and s.word(k + 1) not in cues.SCHEDULED:
            return True  # “would otherwise have ended”; what “otherwise ends” on a day still does
        for phrase in _WAS_TO.get(s.words[k], ()):
            if tuple(s.words[k : k + len(phrase)]) == phrase:
                return True
    return False


def _originally(s: Sentence, at: int) -> bool:
    window = s.words[max(0, at - 6) : at]
    if window[-3:] == ["first", "given", "until"]:
        return True
    if DATE in window:
        return False
    return any(word in ("originally", "initially") for word in window) or any(
        window[k : k + 2]
        in (
            ["last", "planned"],
            ["previously", "planned"],
            ["last", "set"],
            ["first", "planned"],
            ["first", "set"],
            ["last", "scheduled"],
        )
        for k in range(len(window))
    )


def _moved_between(s: Sentence, at: int, verbs: list[int], moves: Moves) -> bool:
    """“the truce due to end on 30 June was prolonged to 31 August”: what stands before the verb is what it moves."""
    new = min(moves.new)
    verb = next((v for v in verbs if at < v < new), None)
    if verb is None or (",", "and") in pairwise(s.words[at:verb]):
        return False  # the verb is another clause's
    return not any(word in ("must", "will", "shall", "have", "decide", ";", "but") for word in s.words[at:verb])


def _named_deadline(s: Sentence, at: int) -> bool:
    after = at + 2 if s.word(at + 1) in ("'s", "'") else at + 1
    return s.word(after) in ("cut", "deadline", "date", "target", "cutoff", "expiry") or (
        s.word(at - 1) == "of" and s.word(at - 2) in ("deadline", "date", "expiry")
    )


def _old_deadline(s: Sentence, at: int, verbs: list[int], moves: Moves) -> bool:
    """“extended the 30 June deadline to …”, “the deadline of 30 June was put off to …”."""
    return bool(moves.new) and _named_deadline(s, at)


def _old_word(s: Sentence, at: int) -> bool:
    window = s.words[max(0, at - 5) : at]
    return (
        DATE not in window
        and any(word in ("original", "previous", "old", "former", "earlier", "initial") for word in window)
        and len(s.dates) > 1
    )


def _ended(s: Sentence, at: int) -> bool:
    window = s.words[at + 1 : at + 9]
    return (
        any(word in _ENDED for word in window)
        or s.words[at + 1 : at + 4] == ["no", "longer", "applies"]
        or ("no" in window and "longer" in window)
    )


def only_asked(s: Sentence, at: int) -> bool:
    """The move is asked for, weighed or refused, not made."""
    made = [k for k, word in enumerate(s.words[:at]) if word in cues.MOVING and s.word(k - 1) in _MADE]
    if made and "would" not in s.words[made[-1] - 3 : made[-1]]:
        return False  # “the permit, which would have lapsed in June, has been stretched to …”
    for k, word in enumerate(s.words[:at]):
        if word == "would" and not _TELLING.isdisjoint(s.words[:k]):
            continue  # “told them that it would be put off to …”
        if word in _ASKING:
            return True
    return False


_MADE = frozenset({"is", "are", "was", "were", "been", "has", "have", "had", "being"})
_TELLING = frozenset("told announced confirmed said ruled decided".split())
