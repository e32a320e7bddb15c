"""Which messages of a channel are questions for the articles, and which are people talking. Owns the signs.

A question has the form of one (“when …”, “is the …”, “anyone know whether …”) and is put to nobody in particular; what
people ask each other speaks of you and me. “licence deadline?” may be either: it is answered only if the articles tell.
"""

import re
from enum import Enum

from index.terms import terms


class Sort(Enum):
    QUESTION = "it has the form of a question"
    PERHAPS = "a few words with a question mark"
    CHATTER = "people talking"


_LEAD = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|and|but|well|um+|hm+|wait|guys|folks|all|everyone|team|quick question|question|q|sorry|please|btw|also|now|then)\b[\s,:!.–—-]*)+",
    re.I,
)
# Ways of putting a question to the room; what follows is the question.
_TO_THE_ROOM = re.compile(
    r"^(?:(?:does|do|did|has|can|could|would) (?:any(?:one|body)|some(?:one|body)|we) "
    r"(?:know|remember|recall|heard?|seen?|tell (?:me|us)|say|say for sure|explain)\b(?: (?:if|whether|about|that))?"
    r"|(?:do|does) you(?: guys| all)? know\b(?: (?:if|whether|about))?"
    r"|any(?:one|body)(?: here)? (?:know|knows|heard|seen|remember)\b(?: (?:if|whether|about|that))?"
    r"|any idea(?:s)?\b(?: (?:if|whether|about|of|on))?|(?:i|we) (?:wonder|am wondering|was wondering|were wondering|don['’]?t know)(?: (?:if|whether|about))?"
    r"|(?:do|does) (?:the articles|they) (?:say|tell)\b(?: (?:if|whether))?|remind me|what do we know about)[\s,]*",
    re.I,
)
_ASKS = re.compile(
    r"^(?:(?:by|until|till|since|from|for|in|on|at|to|of|with|after|before|under) )?"
    r"(?:when|why|who|whom|whose|where|what|which|how)(?:['’]?s|['’]?re|['’]?ll|['’]?d)?\b"
    r"|^(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must)(?:n['’]?t)?\b",
    re.I,
)
# Without its question mark a question must be told from a statement: “when the vote comes, we see”, “what a day”.
_ASKS_UNMARKED = re.compile(
    r"^(?:(?:by|until|till|since|from|for|in|on|at|to|of|with) )?(?:who(?:m|se)?\b|what(?! an?\b)\b|which\b"
    r"|(?:when|why|where|how)(?:['’]?s\b| (?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|much|many|long|far|often|soon|come)\b))"
    r"|^(?:is|are|was|were|has|had|does|did|will)(?:n['’]?t)?\b"
    r"|^(?:have|do|can|could|would|may|might|should|must)(?:n['’]?t)? (?:the|they|it|he|she|that|this|any|both|all)\b",
    re.I,
)
_TO_PEOPLE = re.compile(
    r"^(?:is|are|was|were) (?:any|every|some)(?:one|body)\b|^(?:any|every|some)(?:one|body)\b"
    r"|^who(?:['’]?s| is| else)? (?:wants?|fanc(?:y|ies)|up for|in for|coming|around|free|there|here|ready|in|with)\b",
    re.I,
)
# Ends of a sentence behind which the question itself may come: “Big news today. When does it start?”
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_YOU_AND_ME = re.compile(
    r"\b(?:you|u|ur|your|yours|you['’]\w+|i|i['’]\w+|me|my|mine|us|our|ours|we|we['’]\w+|let['’]?s|lol|lmao|rofl|haha\w*|wtf|omg|bro|dude|mate)\b",
    re.I,
)
_SMALL_TALK = re.compile(
    r"^(?:thanks?(?: you| a lot| so much)?|thx|ty|cheers|great|cool|nice|ok(?:ay)?|good (?:bot|morning|night|evening|afternoon|job)|hi|hello|hey"
    r"|what(?:['’]?s up| else is new)?|really|seriously|how come|why(?: not)?|who|when|where|how|what(?: now| then)?|right|yes|no|lol|wow|sorry)\W*$",
    re.I,
)
_FEW = 2  # words of its own that a question needs
LONGEST = 400  # characters; a longer message is not a question put in a sentence


def sort_of(text: str) -> Sort:
    """Of a message without mentions."""
    question = asked_in(text)
    if question is None or len(text) > LONGEST or _SMALL_TALK.match(question):
        return Sort.CHATTER
    to_the_room = _TO_THE_ROOM.match(question)
    bare = question[to_the_room.end() :] if to_the_room else question
    if _YOU_AND_ME.search(bare) or not terms(bare):
        return Sort.CHATTER
    if _TO_PEOPLE.match(bare):
        return Sort.CHATTER
    if question.endswith("?") and (to_the_room or _ASKS.match(bare)):
        return Sort.QUESTION
    if (to_the_room or _ASKS_UNMARKED.match(bare)) and len(terms(bare)) >= _FEW:
        return Sort.QUESTION
    return Sort.PERHAPS if question.endswith("?") and len(terms(bare)) >= _FEW else Sort.CHATTER


def asked_in(text: str) -> str | None:
    """The sentence of a message that asks: the last one with a question mark, or all of a short one."""
    text = " ".join(re.sub(r"https?://\S+|<[^>]*>", " ", text).split(" ")).strip()
    sentences = [_LEAD.sub("", each.strip()) for each in _SENTENCES.split(text) if each.strip()]
    asking = [each for each in sentences if each.endswith("?")] or (sentences if len(sentences) == 1 else [])
    return asking[-1] if asking else None


def bare_question(text: str) -> str:
    """What to ask the articles: “does anyone know when it starts?” asks “when it starts?”."""
    question = asked_in(text) or text
    bare = _TO_THE_ROOM.sub("", question)
    return bare if _ASKS.match(bare) and terms(bare) else question


def is_small_talk(text: str) -> bool:
    """“thanks!”: said to the bot, but nothing to answer."""
    bare = " ".join(text.split())
    polite = re.match(
        r"^(?:thanks?|thank you|thx|ty|cheers|great|cool|nice|ok(?:ay)?|good (?:bot|morning|night|job)|hi|hello|hey|lol|wow)\b",
        bare,
        re.I,
    )
    asks = "?" in bare or _ASKS.match(_LEAD.sub("", bare.partition(" ")[2]))
    return not any(c.isalnum() for c in bare) or bool(polite and not asks and len(terms(bare)) <= 4)
