"""Questions as a channel types them: short, unpunctuated, misspelt, British or American.

Owns the noise put on training questions. Must keep what is asked for: names, figures and the word that
asks (who, when, how long) stay.
"""

import random
import re

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
ASKING = {"who", "whom", "whose", "what", "when", "where", "which", "why", "how", "not", "no", "many", "much", "long"}
DROPPED = {"the", "a", "an", "did", "does", "do", "was", "were", "is", "are", "has", "have", "of", "that"}
SPELLINGS = [
    ("licence", "license"), ("organis", "organiz"), ("authoris", "authoriz"), ("colour", "color"),
    ("labour", "labor"), ("centre", "center"), ("defence", "defense"), ("programme", "program"),
    ("favour", "favor"), ("neighbour", "neighbor"), ("metre", "meter"), ("travell", "travel"),
    ("cancell", "cancel"), ("theatre", "theater"), ("behaviour", "behavior"), ("honour", "honor"),
    ("recognis", "recogniz"), ("nationalis", "nationaliz"), ("privatis", "privatiz"), ("judgement", "judgment"),
    ("aluminium", "aluminum"), ("harbour", "harbor"), ("grey", "gray"),
]  # fmt: skip
SHORTER = [
    (r"^what is\b", "whats"), (r"^what's\b", "whats"), (r"^when is\b", "whens"), (r"^who is\b", "whos"),
    (r"^what was\b", "what"), (r"^in what year\b", "when"), (r"^in which year\b", "when"),
    (r"^on what date\b", "when"), (r"^what year\b", "when"), (r"^by when\b", "when"),
    (r"\bhow much time\b", "how long"), (r"\band\b", "&"), (r"\bcannot\b", "cant"), (r"\bn['’]t\b", "nt"),
]  # fmt: skip
PREFIXES = ["hey, ", "so ", "ok ", "does anyone know ", "anyone know ", "quick q: ", "wait, ", "remind me, ", "and "]


def channel(question: str, dice: random.Random) -> str:
    """The question, more or less as somebody would type it. Half of them stay as they are."""
    if dice.random() < 0.4:
        return question
    asked = question
    if dice.random() < 0.7:
        asked = asked.rstrip(" ?.!")
    if dice.random() < 0.25:
        for long, short in SHORTER:
            asked = re.sub(long, short, asked, flags=re.IGNORECASE)
    if dice.random() < 0.5:
        for one, other in SPELLINGS:
            if one in asked.lower() or other in asked.lower():
                old, new = (one, other) if dice.random() < 0.5 else (other, one)
                asked = re.sub(old, new, asked, flags=re.IGNORECASE)
    if dice.random() < 0.3:
        asked = _without_small_words(asked, dice)
    if dice.random() < 0.25:
        asked = _mistyped(asked, dice)
    if dice.random() < 0.08:
        asked = dice.choice(PREFIXES) + asked
    return asked if WORD.search(asked) else question


def _without_small_words(question: str, dice: random.Random) -> str:
    kept = [w for w in question.split() if w.lower() not in DROPPED or dice.random() < 0.35]
    return " ".join(kept) if len(kept) >= 3 else question


def _mistyped(question: str, dice: random.Random) -> str:
    """One longer word loses, doubles or swaps a letter inside it."""
    words = [m for m in WORD.finditer(question) if len(m[0]) >= 5 and m[0].lower() not in ASKING]
    if not words:
        return question
    word = dice.choice(words)
    at = word.start() + dice.randrange(1, len(word[0]) - 2)
    kind = dice.randrange(3)
    middle = ("", question[at] * 2, question[at + 1] + question[at])[kind]
    return question[:at] + middle + question[at + (2 if kind == 2 else 1) :]
