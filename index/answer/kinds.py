"""What kinds of answer a sentence has to offer. Owns the signs of a day, a length, a number, a name.

Signs only: whether it is the right day or name is for the evidence to tell.
"""

import re

from index.answer.question import Kind

_NUMBER_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|third|quarter|twice)"
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade)"
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"

_SIGNS: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(
        rf"\b{_MONTH}\.?\s+\d|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b|\b(?:19|20)\d\d\b|\b{_DAY}s?\b"
        rf"|\b(?:end|start|beginning|middle|first|last|second|third|close|day) of\b|\b(?:next|this|last|coming) {_UNIT}\b"
        rf"|\b(?:in|by|until|before|since|from|of) {_MONTH}\b|\b(?:today|tomorrow|yesterday|tonight|midnight|noon|fortnight|year-end|deadline)\b"
        rf"|\b(?:\d+|{_NUMBER_WORD})(?:\s\w+)?\s{_UNIT}s? (?:after|before|from|of|later|earlier|ago|to)\b"
        rf"|\b(?:within|another) (?:\d+|{_NUMBER_WORD})(?:\s\w+)? {_UNIT}s?\b|\b(?:new year|christmas|easter|spring|summer|autumn|winter)\b",
        re.I,
    ),
    Kind.HOW_LONG: re.compile(
        rf"\b(?:\d+|an?|{_NUMBER_WORD}|several|few|another)[\s-](?:\w+[\s-])?{_UNIT}s?\b|\b{_UNIT}s\b|\bindefinite",
        re.I,
    ),
    Kind.HOW_MANY: re.compile(rf"\d|\b{_NUMBER_WORD}s?\b|\b(?:none|nobody|no one|percent|several|dozens)\b", re.I),
    Kind.WHO: re.compile(r"(?<=[^.!?“\"\s])\s+(?!I\b)[A-Z][\w’'-]+|^[“\"]?[A-Z][\w’'-]+\s+(?:[A-Z&])|\b[A-Z]{2,}\b"),
    Kind.WHY: re.compile(
        r"\b(?:because|since|after|so that|in order to|due to|owing to|over|blam\w+|cit\w+|reason\w*|caus\w+|saying that|to (?:avoid|allow|protect|give|keep|prevent))\b",
        re.I,
    ),
}


def offers(kind: Kind, sentence: str) -> bool:
    """Whether the sentence holds what a question of this kind asks for; always true for the open kinds."""
    signs = _SIGNS.get(kind)
    return True if signs is None else bool(signs.search(sentence))
