"""What newer articles say has become of a reminder's deadline: moved, met, cancelled, denied. Pure.

A move is sure where a later day is told plainly, by a sentence that names the day it takes the place of. Whatever is
less than that, and every end, is only a claim: the reminder stays armed until somebody confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.reminders.subject import Subject, find, moved, now_holds
from index.agenda import Agenda, Deadline
from index.deadlines.fate import find_fate
from index.models import Article

SURE = 0.7  # of the deadline layer's own confidence
Kind = Literal["moved", "met", "cancelled", "denied"]


@dataclass(frozen=True, slots=True)
class Change:
    kind: Kind
    old: Subject
    new: Subject  # as it stands now; of an end the sentence that says so
    sure: bool = False

    @property
    def token(self) -> str:
        """What somebody rejects, or was told of: this sentence, saying this."""
        return f"{self.kind} {self.new.day.isoformat()} {self.new.article_id} {self.new.quote[:80]}".replace("\n", " ")


def moved_by(subject: Subject, agenda: Agenda) -> Change | None:
    if subject.rule is not None:
        return None  # of what comes round again one time was moved; which, nobody can tell
    known = find(subject, agenda.deadlines)
    holds = now_holds(known, agenda.deadlines) if known is not None else None
    if holds is None or holds.due == subject.day:
        return None
    return Change("moved", subject, moved(subject, holds), sure=_is_sure(subject, holds))


def _is_sure(subject: Subject, holds: Deadline) -> bool:
    found = holds.told.found
    before = holds.chain[:-1]
    span = found.moved_span
    names_it = found.moved_from in before or (span is not None and any(span[0] <= day <= span[1] for day in before))
    return holds.due > subject.day and found.confidence >= SURE and names_it


def ended_by(subject: Subject, newer: Sequence[Article]) -> Change | None:
    """By the newest of these articles that says so."""
    for article in newer:
        fate = find_fate(article.text, article.day, subject.day, subject.what)
        if fate is not None:
            told = replace(
                subject,
                quote=article.text[fate.start : fate.end],
                source=article.source,
                title=article.title,
                url=article.url,
                published=article.day,
                article_id=article.id,
            )
            return Change(fate.kind, subject, told)
    return None
