"""Questions made unanswerable: a name, number, month or year that the window does not hold.

Owns the exchange. Must never give back a question whose new word stands in the text.
"""

import random
import re
from collections.abc import Iterable

NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:of |the |de )?[A-Z][\w'’-]+)*")
NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
MONTHS = "January February March April May June July August September October November December".split()
MONTH = re.compile(r"\b(?:" + "|".join(MONTHS) + r")\b")
OPPOSITES = [
    ("first", "last"), ("before", "after"), ("highest", "lowest"), ("most", "least"), ("largest", "smallest"),
    ("oldest", "youngest"), ("more", "less"), ("north", "south"), ("east", "west"), ("start", "end"),
    ("began", "ended"), ("begin", "end"), ("opened", "closed"), ("won", "lost"), ("increase", "decrease"),
    ("rise", "fall"), ("gain", "lose"), ("minimum", "maximum"), ("buy", "sell"), ("bought", "sold"),
]  # fmt: skip


def names(questions: Iterable[str]) -> list[str]:
    return sorted({m[0] for q in questions for m in NAME.finditer(q)})


def swapped(question: str, text: str, pool: list[str], dice: random.Random) -> str | None:
    """The question about something else, or None where nothing in it can be exchanged."""
    choices = [(m, "name") for m in NAME.finditer(question) if m[0] in text]
    choices += [(m, "number") for m in NUMBER.finditer(question) if m[0] in text]
    choices += [(m, "month") for m in MONTH.finditer(question)]
    if not choices:
        return _opposite(question, text, dice)
    match, kind = dice.choice(choices)
    for _ in range(8):
        if kind == "month":
            new = dice.choice(MONTHS)
        elif kind == "name":
            new = dice.choice(pool)
        else:
            new = re.sub(r"\d", lambda _: str(dice.randrange(1, 10)), match[0])
        if new.lower() not in text.lower() and new != match[0]:
            return question[: match.start()] + new + question[match.end() :]
    return None


def _opposite(question: str, text: str, dice: random.Random) -> str | None:
    pairs = [(a, b) for one, other in OPPOSITES for a, b in ((one, other), (other, one))]
    dice.shuffle(pairs)
    for old, new in pairs:
        if re.search(rf"\b{old}\b", question) and not re.search(rf"\b{new}", text, re.IGNORECASE):
            return re.sub(rf"\b{old}\b", new, question, count=1)
    return None
