"""What kinds of answer a sentence has to offer. Owns the signs of a day, a length, a number, a name …

Signs only: whether it is the right day or name is for the evidence to tell.
"""

import re
from functools import lru_cache

from index.answer.question import Kind


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_COUNT = _any(
    r"\d[\d.,]*", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundreds?", "thousands?",
    "millions?", "billions?", "dozens?", "half", "third", "quarter", "twice",
)  # fmt: skip
_UNIT = _any(
    "second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "year", "decade"
)
_MONTH = _any(
    "jan(?:uary)?", "feb(?:ruary)?", "march", "april", "may", "june", "july", "aug(?:ust)?", "sept?(?:ember)?",
    "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?"

_DAY_SIGNS = (
    rf"{_MONTH}\.? \d+", rf"\d+(?:st|nd|rd|th)? (?:of )?{_MONTH}", r"(?:19|20)\d\d", _WEEKDAY,
    rf"(?:in|by|until|before|since|from|of|early|late|mid-?) {_MONTH}",
    "(?:end|start|beginning|middle|first|last|second|third|close|day) of", rf"(?:next|this|last|coming) {_UNIT}",
    rf"{_COUNT}(?: \w+)? {_UNIT}s? (?:after|before|from|of|later|earlier|ago|to)", rf"(?:within|another) {_COUNT}(?: \w+)? {_UNIT}s?",
    "today", "tomorrow", "yesterday", "tonight", "midnight", "noon", "fortnight", "year-end", "deadline", "new year",
    "christmas", "easter", "spring", "summer", "autumn", "winter",
)  # fmt: skip
_STATE_SIGNS = (
    r"sign(?:s|ed|ing)", r"agree(?:s|d|ment)?", r"in(?:to)? force", r"t(?:ake|akes|aken|ook) effect", r"suspend\w*",
    r"fr[eo]e?ze\w*|frozen", r"approv\w*", r"ratif\w*", r"collaps\w*", r"call(?:ed)? off", r"den(?:y|ied|ies)", "talks",
    r"negotiat\w*", r"rumou?r\w*", r"confirm\w*", r"initial(?:l?ed)", r"restor\w*", r"laps\w*", r"expire\w*",
    r"award\w*", "preferred", r"withdr[ae]w\w*", r"dismiss\w*", r"halt\w*", r"resum\w*", r"complet\w*", r"clos(?:e|ed|es)",
    "still", "yet", r"await\w*", "pending", r"clear(?:ed|s)", r"block(?:ed|s)", r"reject\w*", "settled", "deal", "valid",
    "law", "live", "begun", "started", "under way", "going ahead", r"postpone\w*", "review", "said to", "dropped", "won", "lost",
)  # fmt: skip
_REASON_SIGNS = (
    "because", "since", "so that", "in order to", "due to", "owing to", "over", r"blam\w+", r"cit(?:ed|es|ing)",
    r"reason\w*", r"caus\w+", "saying that", "to (?:avoid|allow|protect|give|keep|prevent)",
)  # fmt: skip


def _signs(*patterns: str) -> re.Pattern[str]:
    """For small letters: a pattern that minds no case takes three times as long to fail."""
    return re.compile(rf"\b{_any(*patterns)}\b")


_SIGNS: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: _signs(*_DAY_SIGNS),
    Kind.HOW_LONG: _signs(rf"(?:{_COUNT}|an?|several|few|another)[ -](?:\w+[ -])?{_UNIT}s?", rf"{_UNIT}s", r"indefinite\w*"),
    Kind.HOW_MANY: _signs(_COUNT, "none", "nobody", "no one", "percent", "several"),
    # A capital that does not merely begin the sentence, or initials.
    Kind.WHO: re.compile(r"(?<=[^.!?“\"\s])\s+(?!I\b)[A-Z][\w’'-]+|^[“\"]?[A-Z][\w’'-]+\s+[A-Z&]|\b[A-Z]{2,}\b"),
    Kind.WHY: _signs(*_REASON_SIGNS),
    Kind.STATE: _signs(*_STATE_SIGNS),
}  # fmt: skip


@lru_cache(16_384)  # the passages that questions keep meeting
def offers(kind: Kind, sentence: str) -> bool:
    """Whether the sentence holds what a question of this kind asks for; always true for the open kind."""
    signs = _SIGNS.get(kind)
    return signs is None or bool(signs.search(sentence if kind is Kind.WHO else sentence.lower()))
