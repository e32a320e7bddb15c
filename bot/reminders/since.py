"""What has happened since the sentence that a reminder rests on was written. Looks; decides and changes nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reminders.subject import Subject, find, now_holds
from index.agenda import SAME_MATTER, Agenda
from index.models import Scope, day_of
from index.store.articles import get_article
from index.store.deadlines import StoredDeadline
from index.store.passages import newer_on_the_matter

if TYPE_CHECKING:
    from bot.client import DealwireBot

COUNTED = 100  # articles


@dataclass(frozen=True, slots=True)
class Since:
    newer: int = 0  # articles on the matter
    again: StoredDeadline | None = None  # the newest sentence that tells the same day again
    moved: StoredDeadline | None = None  # one that tells another day, which holds now
    withdrawn: bool = False
    changed: bool = False  # the sentence is no longer in its article


async def since(bot: "DealwireBot", subject: Subject, server_id: int | None) -> Since | None:
    """None where it rests on no sentence: somebody's own. Raises StoreError."""
    if not subject.quote or subject.article_id is None:
        return None
    scope = Scope(server_id=server_id)
    agenda = await bot.agendas.of(server_id)
    again, moved = _retold(subject, agenda)
    async with bot.library.database.read() as connection:
        article = await get_article(connection, subject.article_id, scope)
        newer = []
        if article is not None and subject.published is not None:
            newer = await newer_on_the_matter(connection, article.id, subject.published, scope, SAME_MATTER, COUNTED)
    return Since(
        len(newer),
        again,
        moved,
        withdrawn=article is None,
        changed=article is not None and subject.quote not in article.text,
    )


def _retold(subject: Subject, agenda: Agenda) -> tuple[StoredDeadline | None, StoredDeadline | None]:
    known = find(subject, agenda.deadlines)
    if known is None:
        return None, None
    holds = now_holds(known, agenda.deadlines)
    if holds is not None and holds.due != subject.day:
        return None, holds.told
    told = [
        each
        for each in agenda.tellings(known)
        if each.found.due == subject.day and each.article_id != subject.article_id and each.quote != subject.quote
    ]
    mine = subject.published
    newer = [each for each in told if mine and (day := day_of(each.published)) and day > mine]
    return (newer[-1] if newer else None), None
