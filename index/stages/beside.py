"""Whether a verb speaks of the deal, or of something that has the deal beside it: “dropped its objection to the merger”.

Judges one match of a form, whose words may leave room for another noun between verb and deal. Where
another noun stands there, what happened to it did not happen to the deal.
"""

import re

from index.stages.form import ANY, Form
from index.stages.found import Stage
from index.stages.words import DET, STOP

# What looks into a deal. When it is over the deal is not; but the deal waits where it begins, and stands still with it.
_REVIEW = r"(?:inquir(?:y|ies)|investigations?|probes?|reviews?|examinations?)"
_WITH_ITS_REVIEW = frozenset[Stage]({"awaiting approval", "suspended"})
# What is brought against a deal, or is a piece of it.
_OTHER = (
    r"(?:objections?|complaints?|challenges?|opposition|opponents?|resistance|strikes?|walkouts?|stoppages?|veto|vetoes|appeals?|lawsuits?|suits?"
    r"|litigation|petitions?|motions?|amendments?|attempts?|efforts?|clauses?|provisions?|demands?|threats?|refusals?|boycotts?|blockades?|protests?"
    r"|campaigns?|fight|battle|disputes?|quarrels?|feuds?|doubts?|reservations?|criticisms?|critics?|bans?|embargo|embargoes)"
)
_HINDER = (
    r"(?:block|stop|halt|delay|postpone|suspend|freeze|scrap|cancel|kill|end|reject|veto|annul|void|revoke|quash|overturn|undo|unwind|repeal|terminate"
    r"|leave|quit|abandon|reopen|renegotiate|amend|change|challenge|oppose|boycott|prevent|derail|sink|thwart|bar|stall|withdraw from|pull out of)"
)
# Whoever rejects a bill to ratify the treaty rejects the treaty.
_FURTHERS = (
    r"(?:bills?|law|plans?|proposals?|motions?|resolutions?|measures?|attempts?|efforts?|applications?|requests?|meeting|ceremony|decision) to "
    r"(?:approve|ratify|endorse|back|accept|adopt|sign|reach|strike|seal|secure|conclude|complete|join|implement|extend|renew|revive|save|rescue|buy|sell|merge)\b"
)
# Of what belongs to a deal, the end of these alone is the deal's.
_ITSELF = r"(?:ratification|approval|signing|completion|implementation|award|terms|text)"
_FILL = rf"(?:(?!(?:{ANY}|{STOP}|and|or|with|under)\b)[^\s,;:]+ ){{0,4}}?"
# Before a verb and behind it:
_BESIDE = rf"\b(?!{_FURTHERS})(?:%s (?:(?:to|against|of|about|into|over|on|for|from) {_FILL}|in {DET} (?:\w+ )?){ANY}\b|{ANY}(?:'s (?:\w+ ){{0,2}}?| )%s\b)"
_PHRASES = (
    re.compile(_BESIDE % (_OTHER, _OTHER)),
    re.compile(rf"\b(?:bids?|proposals?|moves?|plans?) to {_HINDER} {_FILL}{ANY}\b"),
)
_REVIEWS = re.compile(_BESIDE % (_REVIEW, _REVIEW))
_PIECE = re.compile(rf"\b{ANY}'s (?!(?:been|being|all|now|not|{_ITSELF}|\w+ly)\b)\w+ ")
# What was before this deal: “since the old concession lapsed”.
_BEFORE_IT = re.compile(rf"\bsince {DET} (?:old|previous|former|earlier|last) (?:\w+ )?{ANY}\b")
# Only behind a verb, for “a week after the talks” tells when something happened:
_OBJECT = re.compile(rf"\b{_OTHER} (?:after|before|during|outside) {_FILL}{ANY}\b")
_ANY_OBJECT = re.compile(
    rf"\b{DET} (?:(?!{_FURTHERS}|{ANY}\b)[\w'-]+ ){{1,3}}?(?:to|against|into|about|after|over|on) {_FILL}{ANY}\b"
)


def is_beside(text: str, match: re.Match[str], form: Form) -> bool:
    """Whether the deal in ``match`` is only what another noun is about. ``text`` is one sentence in plain text."""
    phrases, objects = [*_PHRASES], [_OBJECT]
    if form.stage not in _WITH_ITS_REVIEW:
        phrases.append(_REVIEWS)
    if form.stage in ("in force", "collapsed"):
        objects.append(_ANY_OBJECT)
    if form.stage == "collapsed":
        phrases += [_PIECE, _BEFORE_IT]
    return any(_is_subject(found, match) for each in phrases for found in each.finditer(text)) or any(
        _is_object(found, match) for each in (*phrases, *objects) for found in each.finditer(text)
    )


def _is_subject(phrase: re.Match[str], match: re.Match[str]) -> bool:
    return phrase.start() <= match.start() < phrase.end() <= match.start("v")


def _is_object(phrase: re.Match[str], match: re.Match[str]) -> bool:
    return match.end("v") <= phrase.start() < match.end() <= phrase.end()
