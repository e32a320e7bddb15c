"""A question that leans on an earlier answer: “why?”, “and for how long?”, “who said that?”, “what about the pens?”.

Owns the words of leaning on something. Looks at no article: what is asked about the quote itself is named here and
answered in ``about``; anything else is completed with the topic of the earlier question, and asked like any other.
"""

import re
from dataclasses import dataclass
from enum import Enum

from index.answer.question import Kind, understand
from index.terms import terms


class About(Enum):
    """What may be asked about a quote that is on the screen."""

    SPEAKER = "who says so in the sentence"
    EVENT_DAY = "when the thing happened or will happen"
    REPORT_DAY = "when it was reported"
    SOURCE = "where it is reported"
    OTHERS = "who else reports it"
    SURE = "how sure it is"


@dataclass(frozen=True, slots=True)
class Followed:
    """``text`` stands on its own; ``about`` is set where the earlier answer's quote holds what is asked."""

    text: str
    asked_as: str | None = None  # the words that tell the kind, where they are not the text's
    about: About | None = None


_LEAD = re.compile(
    r"^(?:(?:and|but|so|ok|okay|oh|ah|hm+|um+|well|then|also|hey|wait|wow|thanks|thank you|great|nice|right|yes|no|sorry|please)\b[\s,.!–—-]*)+",
    re.I,
)
_SAYING = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|report(?:s|ed|ing)?|wr(?:ote|ites?|itten)|claim(?:s|ed)?|announc\w+|publish\w*"
    r"|stat(?:es?|ed|ing)|quot\w+|mention\w*|confirm\w*|print\w*|post(?:s|ed)?)"
)
_ASKING = r"(?:what (?:time|day|date|year)|when|why|who(?:m|se)?|where|how (?:long|much|many|often|far|come|big|old|sure|certain|soon)|how|what|which)(?:['’]?s|['’]re)?"
_PREPOSITION = r"(?:by|until|till|since|from|for|in|on|at|to|of|with|about|after|before|between|under|over|as)"
_INTERROGATIVE = re.compile(rf"^(?:{_PREPOSITION} )?{_ASKING}\b", re.I)
_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must)(?:n['’]t)?\b", re.I
)
_POINTING = re.compile(
    r"\b(?:it|its|that|this|they|them|their|those|these|he|she|him|his|her|there|then|one|same)\b", re.I
)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about\b\s*", re.I)
# Words that point at the quote itself or fill; a follow-up that holds nothing else names no topic of its own.
_OF_THE_QUOTE = frozenset(
    terms(
        "say says said saying tell tells told report reports reported reporting reporter write writes wrote written claim claims claimed"
        " announce announces announced announcement publish published state states stated quote quoted mention mentioned confirm confirmed"
        " print printed post posted source sources article articles outlet paper newspaper site website link links page story sentence word words"
        " exactly really actually know get got read hear heard find found see sure certain true right correct happen happens happened happening"
        " else long much many old recent new news current fresh come first originally anybody anyone someone somebody according reliable date day time year"
        " since until till please"
    )
)
_TOPIC_NOISE = re.compile(r"\b(?:still|yet|already|now|any|there|exactly|please|ever)\b\s*", re.I)

_ABOUT: tuple[tuple[About, re.Pattern[str]], ...] = tuple(
    (about, re.compile(pattern, re.I))
    for about, pattern in (
        (About.OTHERS, rf"\b(?:who|anyone|anybody|someone|somebody|which \w+|any\w*) else\b|\belse\b.*\b{_SAYING}\b"),
        (About.SURE, r"\b(?:sure|certain|really|true|right|correct|reliable)\b"),
        (
            About.SOURCE,
            rf"\btold you\b|\b(?:you|u) (?:know|get|got|read|hear|heard|find|found|see)\b|\bwhere\b.*(?:\b{_SAYING}\b|\bfrom\b|\bthat\b)"
            r"|\b(?:which|what)(?:['’]?s| is| was)?(?: the| your)? (?:source|article|outlet|paper|newspaper|site|website|page|story|link)\b"
            r"|^(?:the |your |any )?(?:source|link|article|outlet)s?\b|\bsources?\b|\blink\b",
        ),
        (
            About.REPORT_DAY,
            rf"\bwhen\b.*\b{_SAYING}\b|\b(?:what|which) (?:day|date|time|year)\b.*\b{_SAYING}\b"
            r"|\bhow (?:old|recent|new|fresh|current)\b|\b(?:recent|old|current|fresh) (?:news|article|report)\b"
            r"|\b(?:is|was) (?:that|this|it) (?:still )?(?:recent|old|current|fresh|new|news)\b",
        ),
        (About.SPEAKER, rf"\b(?:who|whom|whose)\b.*\b(?:{_SAYING}|words?)\b|\b{_SAYING} who\b|\baccording to who"),
        (
            About.EVENT_DAY,
            r"^(?:when|(?:what|which) (?:day|date|time|year))(?:['’]?s)?\b(?: exactly)?(?:.*\b(?:that|this|it|happen\w*)\b.*)?\W*$",
        ),
    )
)


def follow(text: str, earlier: str) -> Followed:
    """``text`` was said in reply to the answer to ``earlier``. Raises UsageError for what is no question at all."""
    words = _LEAD.sub("", " ".join(text.split())).strip() or text
    led = len(words) < len(" ".join(text.split()))
    own = [term for term in terms(words) if term not in _OF_THE_QUOTE]
    if not own:
        about = next((about for about, pattern in _ABOUT if pattern.search(words)), None)
        if about is not None:
            return Followed(_completed(words, earlier), words, about)
        return Followed(_completed(words, earlier), words)
    beside = _WHAT_ABOUT.sub("", words)
    if beside != words or (led and not _asks(words)):
        return _beside(beside.rstrip(" ?!."), earlier)
    if _POINTING.search(words) or len(own) < 2:
        topic = _topic(earlier)
        missing = set(terms(topic)) - set(terms(words))
        return Followed(f"{words.rstrip(' ?!.')}: {topic}?" if missing else words, words)
    return Followed(words)


def _completed(words: str, earlier: str) -> str:
    """A bare way of asking (“why?”, “until when was that?”) takes over the rest of the earlier question."""
    asking = _INTERROGATIVE.search(words)
    if asking is None:
        return f"{words.rstrip(' ?!.')}: {_topic(earlier)}?"
    rest = _INTERROGATIVE.sub("", earlier.strip()).strip(" ,") or earlier
    return f"{asking[0].rstrip()} {rest}"


def _beside(beside: str, earlier: str) -> Followed:
    """“and in Norway?”, “what about the price?”: the earlier question of something else, or another question of its topic."""
    named = f"what is the {re.sub(r'^(?:the|a|an|its|their) ', '', beside, flags=re.I)}?"
    if understand(named).kind not in {Kind.WHAT, understand(earlier).kind}:
        return Followed(f"{named.rstrip('?')}: {_topic(earlier)}?", named)
    return Followed(f"{earlier.strip().rstrip(' ?!.')}, {beside}?", earlier)


def _asks(words: str) -> bool:
    return bool(_INTERROGATIVE.search(words) or _AUXILIARY.search(words))


def _topic(earlier: str) -> str:
    """What the earlier question was about, without the words that ask."""
    rest = _INTERROGATIVE.sub("", earlier.strip().rstrip(" ?!.")).strip()
    rest = _AUXILIARY.sub("", rest).strip()
    return " ".join(_TOPIC_NOISE.sub("", rest).split()) or earlier.strip().rstrip(" ?!.")
