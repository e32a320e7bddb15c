"""What the clause around a date tells: an end, a beginning, a decision, or mere figures and festivities."""

from index.deadlines import cues
from index.deadlines.mood import Mood
from index.deadlines.sentence import DATE, Sentence


def event_kind(s: Sentence, mood: Mood, at: int) -> str | None:
    """Which kind of event the clause tells: the one whose word stands nearest to the day."""
    low, high = min(mood.at, at), max(mood.at, at)
    clause_start = _clause_start(s, low)
    clause_end = _clause_end(s, high if mood.right else at)
    best: tuple[int, str] | None = None
    for place in range(clause_start, clause_end):
        if place == at:
            continue
        word = s.words[place]
        for kind, words in cues.EVENTS.items():
            if word in words and not (
                word in ("change", "force", "order")
                and s.word(place + 1) not in (DATE, "on", "from", "by", ",", "", "at", "in", ".")
            ):
                distance = abs(place - at) + (3 if place > at and not mood.right else 0)
                if best is None or distance < best[0]:
                    best = distance, kind
    return best[1] if best else None


_OPENS_A_CONDITION = frozenset("if when once although though while unless should after because".split())
_NEW_CLAUSE = frozenset("as when where after because since so although with saying adding giving".split())


def _clause_start(s: Sentence, at: int) -> int:
    while at > 0 and s.words[at - 1] not in (";", ":", "--", "but", "while"):
        if s.words[at - 1] == "," and at > 2 and s.words[0] in _OPENS_A_CONDITION and "," not in s.words[: at - 1]:
            break
        if s.words[at - 1] == "," and s.words[at] in _NEW_CLAUSE:
            break
        at -= 1
    return at


def _clause_end(s: Sentence, at: int) -> int:
    while at < len(s.words) and s.words[at] not in (
        ";",
        ",",
        "--",
        "but",
        "while",
        "after",
        "which",
        "who",
        "said",
        ".",
    ):
        at += 1
    return at


def speaks_of_figures(s: Sentence, mood: Mood, at: int) -> bool:
    """“will rise 3 per cent by 2027” forecasts; nobody has to do anything."""
    low, high = (mood.at, at) if mood.at < at else (at, mood.at + 3)
    if "unless" in s.words[:at]:
        return False
    if any(
        s.words[k] in ("pace", "rate") and s.words[k - 1] in ("current", "this", "present", "that")
        for k in range(1, len(s.words))
    ):
        return True  # “at the current pace the lake will be dry by November”
    return mood.kind != "must" and any(
        word in cues.STATISTICS and _counts(s, k) for k, word in enumerate(s.words[low:high], start=low)
    )


_NEEDS_A_FIGURE = frozenset("reach reaches face faces create creates cost costs generate generates".split())
_FIGURES = frozenset(
    "percent per half third record million billion thousand hundred dozen dozens thousands millions billions a an".split()
)


def _counts(s: Sentence, at: int) -> bool:
    """“will reach 3 million by 2030”, but not “will reach the port by 1 March”; “their accounts” are no statistics."""
    word = s.words[at]
    if word in ("account", "accounts"):
        return s.word(at + 1) == "for"
    if word in _NEEDS_A_FIGURE:
        return any(w in _FIGURES or w in "$€£%" or w[0].isdigit() for w in s.words[at + 1 : at + 5] if w != DATE)
    return True


def is_occasion(s: Sentence, mood: Mood, at: int) -> bool:
    low, high = (mood.at, at) if mood.at < at else (mood.at, mood.at + 4)
    return mood.kind != "must" and any(word in cues.OCCASIONS for word in s.words[low:high])


# What merely takes place on a day binds nobody, even though it lies ahead.
_ORDINARY = frozenset(
    "meet meets meeting meetings talk talks summit conference visit visits speak speaks travel travels fly flies arrive arrives play plays "
    "host hosts perform broadcast interview dine tour match game concert rain snow forecast talks discuss discusses discussion "
    "congress session gather gathers brief briefs attend attends celebrate celebrates air screened held hold holds place".split()
)


def is_ordinary(s: Sentence, mood: Mood, at: int) -> bool:
    low, high = _clause_start(s, min(mood.at, at)), _clause_end(s, max(mood.at, at) + 1)
    return any(
        s.words[k] in _ORDINARY and not (s.words[k] in ("hold", "place") and s.word(k - 1) in ("take", "takes"))
        for k in range(low, high)
    )


_NATURAL = frozenset(
    "rainy rain monsoon harvest hurricane typhoon breeding nesting flowering hunting ski wet dry".split()
)


def is_natural(s: Sentence, mood: Mood) -> bool:
    """“The rainy season begins in October”: nobody has to do anything."""
    return any(
        word == "season" and s.words[k - 1] in _NATURAL for k, word in enumerate(s.words[: max(mood.at, 1)]) if k
    ) or (s.word(mood.at) in ("go", "goes") and s.word(mood.at + 1) == "out" and "tide" in s.words[: mood.at])
