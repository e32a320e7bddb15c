"""What a reminder is about: a day and the sentence that tells it, as it was known when the reminder was set.

Owns finding that deadline again among what the articles tell now. It goes by the article, the sentence and the day,
never by a row's number. Knows no database and no Discord.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from index.agenda import Deadline
from index.models import Answer, day_of

_WORD = re.compile(r"[^\W\d_]{4,}")
ALIKE = 0.5  # shared words from which two tellings of the same day are one


@dataclass(frozen=True, slots=True)
class Subject:
    day: date  # of a repetition its first
    what: str
    time: str | None = None  # as printed; or of a person, with their zone
    quote: str = ""  # empty: nobody's sentence, a person's own deadline
    source: str = ""
    title: str = ""
    url: str | None = None
    published: date | None = None
    article_id: int | None = None
    deal: str | None = None
    rule: str | None = None
    until: date | None = None

    def store(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)


def load(stored: str) -> Subject:
    values = json.loads(stored)
    for name in ("day", "published", "until"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return Subject(**values)


def of_deadline(deadline: Deadline) -> Subject:
    told = deadline.told
    return Subject(
        day=deadline.due,
        what=told.found.what,
        time=told.found.time,
        quote=told.quote,
        source=told.source,
        title=told.title,
        url=told.url,
        published=day_of(told.published),
        article_id=told.article_id,
        deal=deadline.deals[0] if deadline.deals else None,
        rule=told.found.rule,
    )


def of_answer(answer: Answer) -> Subject | None:
    """None where the answer names no day."""
    if answer.date is None or not answer.answered or not answer.citations:
        return None
    first = answer.citations[0]
    return Subject(
        day=answer.date.end,
        what=answer.question,
        quote=first.quote,
        source=first.source,
        title=first.title,
        url=first.url,
        published=day_of(first.published),
        article_id=int(first.article_id),
    )


def find(subject: Subject, told: Sequence[Deadline]) -> Deadline | None:
    """The same deadline as the articles tell it now; None where they no longer do (or never did)."""
    if not subject.quote:
        return None
    same_day = [each for each in told if each.due == subject.day]
    ours = [each for each in same_day if each.told.article_id == subject.article_id]
    for found in ours:
        if found.told.quote == subject.quote and found.told.found.what == subject.what:
            return found
    for found in ours:
        if found.told.quote == subject.quote:
            return found
    if ours and subject.article_id is not None:
        best = max(ours, key=lambda each: likeness(subject, each))
        if likeness(subject, best) >= ALIKE / 2:
            return best
    if not same_day:
        return None
    best = max(same_day, key=lambda each: likeness(subject, each))
    return best if likeness(subject, best) >= ALIKE else None


def now_holds(deadline: Deadline, told: Sequence[Deadline]) -> Deadline | None:
    """The telling of the day that holds now, where a later article moved the deadline; None where none did."""
    if deadline.moved_to is None:
        return None
    for each in told:
        if each.moved_to is None and each.chain == deadline.chain and each.due == deadline.chain[-1]:
            return each
    return None


def moved(subject: Subject, deadline: Deadline) -> Subject:
    """The reminder's subject once its deadline stands as ``deadline`` tells it; it keeps its own words for what."""
    return replace(of_deadline(deadline), what=subject.what, deal=deadline.deals[0] if deadline.deals else subject.deal)


def likeness(subject: Subject, deadline: Deadline) -> float:
    """Of their words, the share that the shorter of the two has in common with the other."""
    mine = words(f"{subject.what} {subject.quote}")
    theirs = words(f"{deadline.told.found.what} {deadline.told.quote}")
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def words(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text.lower())}
