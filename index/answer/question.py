"""What kind of answer a question asks for. Owns the words of asking; looks at no article.

Questions come as people type them into a channel: short, lower case, without a question mark.
"""

import re
from dataclasses import dataclass
from enum import Enum

from index.errors import UsageError

LONGEST = 1_000  # characters; more is not a question


class Kind(Enum):
    """What an answer has to hold."""

    WHEN = "a day"
    HOW_LONG = "a length of time"
    HOW_MANY = "a number"
    WHO = "a name"
    WHY = "a reason"
    STATE = "a state of affairs"  # yes or no, or how things stand
    WHAT = "something else"


# The first pattern that is found decides. Order matters: “how long until” asks for a day, “how long” does not.
_FORMS: tuple[tuple[Kind, str], ...] = (
    (Kind.HOW_LONG, r"\bhow (?:long|many (?:more )?(?:days|weeks|months|years|hours)|much (?:more |extra )?time)\b"),
    (Kind.HOW_LONG, r"\bwhat(?:'s| is) the (?:length|duration|term)\b"),
    (
        Kind.HOW_MANY,
        r"\bhow (?:many|much|big|large|high|expensive|often|far (?:away|is))\b|\bwhat (?:share|percentage|proportion|number|price|sum|amount)\b",
    ),
    (
        Kind.WHEN,
        r"\bwhen\b(?! (?:it|they|he|she|we) )|\bwhen(?:'s|s)\b|\b(?:what|which) (?:day|date|month|year|time|week)\b|\bwhat(?:'s| is| was)? the (?:\w+ ){0,3}(?:deadline|date|cut-?off)\b",
    ),
    (
        Kind.WHEN,
        r"\b(?:by|until|till|since|from|before|on) (?:when|what|which)\b|\b(?:latest|last|first|due|start|end|expiry|closing) (?:day|date)\b|\bdeadline\b(?!.*\b(?:who|why)\b)",
    ),
    (
        Kind.WHO,
        r"\bwho(?:'s|s|m|se)?\b|\bwhich (?:company|firm|outfit|person|minister|bank|court|agency|body|country|party|group|side)\b",
    ),
    (Kind.WHY, r"\bwhy\b|\bhow come\b|\bwhat(?:'s| is| was)? the reason\b|\bfor what reason\b"),
    (
        Kind.STATE,
        r"^(?:so |and |but |ok |hey |wait |um |hm )*(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must|isn't|aren't|hasn't|haven't|doesn't|don't|didn't|won't|any)\b",
    ),
    (
        Kind.STATE,
        r"\bwhere (?:do|are|is|does|did)\b.*\b(?:stand|at|things|we)\b|\bhow far (?:along|are|is)\b|\bwhat(?:'s| is)? (?:the )?(?:state|status|stage|latest|up|happening|going on|new)\b|\bwhat (?:state|status|stage)\b|\bor not\b|\byet\b|\bstill\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
_AGREE = re.compile(r"\b(?:agree|disagree|dispute|disputed|contradict\w*|conflicting|both sides|who(?:'s| is) right)\b")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    kind: Kind
    asks_agreement: bool  # “does everyone agree?”: both sides are wanted


def understand(text: str) -> Question:
    """Raises UsageError, with what to do, for what is not a question at all."""
    text = " ".join(text.split())
    if not text:
        raise UsageError("The question is empty; ask something like: when is the licence deadline?")
    if len(text) > LONGEST:
        raise UsageError(f"The question has {len(text):,} characters, {LONGEST:,} are allowed; ask in a sentence.")
    if not any(character.isalnum() for character in text):
        raise UsageError("There are no words in the question; ask something like: when is the licence deadline?")
    plain = text.lower().replace("’", "'")
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(plain)), Kind.WHAT)
    return Question(text, kind, bool(_AGREE.search(plain)))
