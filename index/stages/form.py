"""A form: one way to tell a stage, as a pattern over plain text (``words.plain``).

A form says which stage and where its verb stands (the group ``v``); whether that verb is a fact, a hope
or a rumour is for ``mood`` to judge. The forms themselves stand in ``forms_before``, ``forms_made`` and ``forms_off``.
"""

import re
from dataclasses import dataclass

from index.stages.found import Stage
from index.stages.openings import openings
from index.stages.words import BID, DEAL, MOVE, TALKS

ANY = rf"(?:{DEAL}|{BID}|{TALKS}|{MOVE})"
PASSING = r"(?:deals?|agreements?|accords?|pacts?|treaty|treaties|contracts?|settlements?|merger|takeover|sale|transaction|loan|licence|license|terms|text|package)"
ACT = r"(?:mergers?|takeovers?|acquisitions?|buyouts?|purchases?|sales?|transactions?|tie-ups?|deals?|transfers?|moves?|switch|handovers?|privati[sz]ations?)"
FOR_NOW = r"(?:temporar\w+|for now|until|pending|for the time being|provisional\w*|indefinitely)"
FAILED = r"(?:collapsed|fell through|fallen through|fell apart|fallen apart|broke down|broken down|unravell?ed|foundered|failed(?! to)|imploded|came to nothing|lapsed|expired|died|went up in smoke|ran out|folded)"
ENDED = r"(?:called off|cancell?ed|scrapped|abandoned|terminated|revoked|rescinded|annulled|quashed|voided|repealed|voted down|rejected|vetoed|blocked|struck down|torn up|withdrawn|axed|dropped|killed)"
HALTED = r"(?:suspended|broke off|broken off|frozen|paused|halted|shelved|stayed|put on (?:hold|ice)|placed on hold|adjourned (?:indefinitely|without a date|sine die)|mothballed|interrupted)"
# “… on Friday, but [has since been] resumed”: the second verb of one subject, and what may follow where it has no object.
BUT = r"\b[^;:?!]{0,60}?\b(?:but|and|then) (?:(?:has|have|had|is|are|was|were|been|being|then|since|now|later|soon|\w+ly) )*"
NO_OBJECT = (
    r"(?=[.,;]|$| (?:on|in|at|after|late|early|again|today|yesterday|this|last|by|within|under|with|from|when|as|\S+ (?:days?|weeks?|months?|hours?))\b)"
    rf"(?!.*\b{FAILED})"
)


@dataclass(frozen=True, slots=True)
class Form:
    stage: Stage
    pattern: re.Pattern[str]
    passive: bool = False  # a participle: a fact only behind “was”, “has been”; bare it is told in passing
    says_no: bool = False  # the denial is part of what it says: “no deal has been reached”
    soft: bool = False
    turns_back: bool = False
    again: bool = False  # undoes what the same sentence tells first: “collapsed on Friday, but resumed on Monday”
    opens: frozenset[str] | None = None  # strings one of which any match holds, see ``openings``


def forms(stage: Stage, *patterns: str, **kinds: bool) -> list[Form]:
    return [Form(stage, re.compile(pattern), **kinds, opens=openings(pattern)) for pattern in patterns]
