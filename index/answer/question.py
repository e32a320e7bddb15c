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


_WHAT_IS = r"what(?:'s| is| was| are| were)?(?: the)?"
_UNITS = "(?:minutes|hours|days|weeks|months|years)"
_BODIES = "(?:company|firm|outfit|person|minister|bank|court|agency|body|country|party|group|side|team)"
_AUXILIARIES = (
    "(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must|isn't|aren't|wasn't|hasn't"
    "|haven't|doesn't|don't|didn't|won't|can't|any)"
)

_TELLS = (
    r"(?:knows?|known|says?|said|tells?|told|clear|sure|agreed?|decided?|announced?|confirmed?|fixed?|set|remembers?|since|till|til|until"
    "|on|of|about|idea)"
)
_BEGINNING = r"(?<!.)(?:(?:so|and|but|ok|hey|wait|um|hm|well),? )*"

# The first form that is found decides; the order matters: “how many weeks” asks for a time, not for a number.
_FORMS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    # “Who said when it ends?” and “why did they leave when the date moved?” ask for no day, nor “did they talk when …”;
    # “did they say when …” does.
    (Kind.WHO, (_BEGINNING + "who(?:'s|m|se)?",)),
    (Kind.WHY, (_BEGINNING + "(?:why|how come)",)),
    (Kind.STATE, (rf"{_BEGINNING}{_AUXILIARIES} (?!.*\b{_TELLS}(?: us| me| yet| already| exactly)? when\b).* when",)),
    (
        Kind.WHAT,
        (
            rf"{_BEGINNING}(?:what|how|where)\b(?!.*\b(?:day|date|deadline|hour|week|month|year|time|many|much|long|far|big)\b).* when",
        ),
    ),
    (
        Kind.WHEN,
        (
            # “How long have they got?”: what people want is the day on which it is over.
            "how long (?:have|has|had|do|does|did) .*(?:got|left|have|had)(?: now| still| left)? to",
            "how long (?:have|has) .*(?:got|left)",
            "how late (?:can|could|may|do|does)",
            "how long (?:can|could|may) (?:\\w+ ){1,3}still",
            "how soon (?!after)",
            # Said at the end, of whatever came before: “how long is it frozen, till what date?”
            "(?:how long .*|(?<=, ))(?:by|until|till|til|before|from) (?:what|which) (?:day|date)",
            r"(?<=, )last day\W*$",
        ),
    ),
    (
        Kind.HOW_LONG,
        (
            rf"how (?:long|many (?:more )?{_UNITS}|much (?:more |extra |longer )?time)",
            rf"{_WHAT_IS} (?:length|duration|term)",
        ),
    ),
    (
        Kind.HOW_MANY,
        (
            "how (?:many|much|big|large|high|expensive|often|far (?:away|is))",
            rf"(?:{_WHAT_IS}|which) (?:share|percentage|proportion|number|price|sum|amount|cost|fee)",
            "what (?:does|do|did|will|would|is|are) .*(?:cost|pay|paying|paid|worth)",
        ),
    ),
    (
        Kind.WHEN,
        (
            "when(?:'s)?",
            "(?:what|which) (?:day|date|month|year|time|week|weekday|evening|morning|hour)",
            rf"{_WHAT_IS} (?:(?:last|final|new|closing) (?:\w+ )?day|latest (?:i|we|you|they|he|she|it|the \w+|\w+) (?:can|could|may|might|gets?))",
            rf"{_WHAT_IS} (?:\w+ ){{0,3}}(?:deadline|date)",
            "(?:by|until|till|since|from|before) (?:what|which)",
            "(?:latest|last|first|due|start|end|expiry|closing) (?:possible |poss )?(?:day|date)",
            "(?<!to )(?:deadline|cut-?off|date)",
            r"(?:by|til|till|until)\W*$",
            rf"{_BEGINNING}(?:the )?(?:earliest|last chance)",
        ),
    ),
    (Kind.WHO, ("who(?:'s|m|se)?", rf"which {_BODIES}")),
    (Kind.WHY, ("why", "how come", rf"{_WHAT_IS} reason", "for what reason")),
    (
        Kind.STATE,
        (
            rf"(?:(?<!.)|(?<=, ))(?:(?:so|and|but|ok|hey|wait|um|hm|well) )*{_AUXILIARIES}",
            "where (?:do|are|is|does|did) .*(?:stand|at|things|we)",
            "how far (?:along|are|is)",
            rf"{_WHAT_IS} (?:state|status|stage|latest|up|happening|going on|new)",
            "or not|yet|still",
        ),
    ),
)
_COMPILED = tuple((kind, re.compile(rf"\b(?:{'|'.join(forms)})(?:\b|$)")) for kind, forms in _FORMS)
_NO_APOSTROPHE = re.compile(r"\b(what|when|who|where|how)s\b")
_AGREE = re.compile(r"\b(?:agree|disagree|dispute|disputed|contradict\w*|conflicting|both sides|who(?:'s| is) right)\b")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    kind: Kind
    asks_agreement: bool  # “does everyone agree?”: both sides are wanted


def understand(text: str, asked_as: str | None = None) -> Question:
    """``asked_as``: the words that tell the kind, where they are not the text's.

    Raises UsageError, with what to do, for what is not a question at all.
    """
    text = " ".join(text.split())
    if not text:
        raise UsageError("The question is empty; ask something like: when is the licence deadline?")
    if len(text) > LONGEST:
        raise UsageError(f"The question has {len(text):,} characters, {LONGEST:,} are allowed; ask in a sentence.")
    if not any(character.isalnum() for character in text):
        raise UsageError("There are no words in the question; ask something like: when is the licence deadline?")
    plain = _NO_APOSTROPHE.sub(r"\1's", (asked_as or text).lower().replace("’", "'"))
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(plain)), Kind.WHAT)
    return Question(text, kind, bool(_AGREE.search(plain)))
