"""Who says what a sentence says: “the port authority's chair said …”, “according to two people”. Owns the forms of
attribution; every name is a slice of the text.
"""

import re
from collections.abc import Sequence

_VERB = (
    r"(?:said|says|told|tells|announced|announces|confirmed|confirms|added|adds|wrote|writes|insisted|insists|warned|warns|argued"
    r"|argues|claimed|claims|conceded|concedes|stated|states|declared|declares|explained|explains|replied|replies|denied|denies|noted"
    r"|notes|predicted|predicts|promised|promises|admitted|admits|repeated|repeats|testified|reported|reports|estimated|estimates"
    r"|maintains|maintained|retorts|retorted|responds|responded|swears|swore|counters|countered|alleges|alleged|contends|contended"
    r"|objects|objected|reckons|reckoned)"
)
_BREAK = r"[,;:.!?“”\"()—–]"
_SUBJECT = rf"(?P<name>(?:(?!{_BREAK}\s).){{2,90}}?)"
_ASIDE = r"(?:, [^,“”\"]{3,80},)?"  # “Ida Rask, the union's chair, said”
_FORMS = (
    re.compile(rf"\baccording to {_SUBJECT}(?={_BREAK}|\s(?:on|in|at|and|who|which|that|as)\b|$)", re.I),
    # Behind the words that were said: “…,” said the minister on Monday.
    re.compile(
        rf"[,?!.]?[”\"’]\s+{_VERB} {_SUBJECT}(?={_BREAK}|\s(?:on|in|at|late|as|during|after|before|when|while|this|last)\b|$)"
    ),
    re.compile(
        rf"(?:^|{_BREAK}\s*|\b(?:and|but|while|as|that)\s){_SUBJECT}{_ASIDE}\s(?:also |has |had |have |later |then )?{_VERB}\b"
    ),
)
_PRONOUN = re.compile(r"^(?:he|she|they|it|who|which|that|this|we|i|the two|both|neither|and|but)$", re.I)
_LEAD = re.compile(r"^(?:and|but|while|as|that|on \w+|meanwhile|however)\s+", re.I)
# “In a statement on Tuesday the council” is the council.
_SETTING = re.compile(r"^(?:In|On|At|After|During|Since|For|With|By|From)\b.*\s(?=(?:the|a|an|[A-Z]\w+)\s\w)")
_TOO_LONG = 12  # words; more are no name
BACK = 3  # sentences looked at before the quote


def speaker(sentence: str, before: Sequence[str] = ()) -> tuple[str, int] | None:
    """Who says so, and how many sentences back that stands (0: in ``sentence``); ``before``: the nearest first.

    A pronoun is followed back to the one who spoke last. None where nobody is named.
    """
    told = _named(sentence)
    if told is None:
        if not _speaks(sentence):
            return None
    elif not _PRONOUN.match(told):
        return told, 0
    for back, earlier in enumerate(before[:BACK], start=1):
        name = _named(earlier)
        if name and not _PRONOUN.match(name):
            return name, back
    return None


def _speaks(sentence: str) -> bool:
    """It quotes or continues somebody, whoever that is."""
    return bool(re.search(r"[“”\"]", sentence))


def _named(sentence: str) -> str | None:
    for form in _FORMS:
        for found in form.finditer(sentence):
            name = _SETTING.sub("", _LEAD.sub("", found["name"].strip(' ’"”“'))).strip()
            if name and len(name.split()) <= _TOO_LONG and any(c.isalpha() for c in name):
                return name
    return None
