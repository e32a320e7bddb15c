"""Newer articles move reminders along, and whoever is reminded is told once, with both quotes.

Looks when any article changed, beside the loop of deliveries and never in its way. Rows and messages are written in
one transaction, the message under a key of its own: two processes, or a kill in between, tell nobody twice.
"""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.moves import Change, ended_by, moved_by
from bot.reminders.subject import Subject
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Owed
from bot.store.reminders import Reminder
from index.agenda import SAME_MATTER
from index.errors import DealwireError
from index.models import Article, Scope
from index.store.articles import get_articles
from index.store.passages import newer_on_the_matter

if TYPE_CHECKING:
    from bot.client import DealwireBot

KIND = "moved"
FOLLOWED = 90 * 86_400.0  # seconds after its last time in which a move arms a reminder again
READ = 30  # newer articles on one matter, the newest first
AGAIN = 5.0  # seconds after a failure

Place: TypeAlias = tuple[int | None, int | None, int | None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """One change, for all reminders of one place."""

    change: Change
    reminders: tuple[Reminder, ...]


class Follower:
    """``look`` is a source of the loop's; ``follow`` does the work, and may run at any time in any process."""

    def __init__(self, bot: "DealwireBot") -> None:
        self._bot = bot
        self._seen = -1  # the articles' generation that was looked at
        self._task: asyncio.Task[None] | None = None

    async def look(self, now: float) -> float | None:
        if self._task is not None and not self._task.done():
            return None
        generation = await self._bot.agendas.generation()
        if generation != self._seen:
            self._task = asyncio.create_task(self._guarded(generation), name="following deadlines")
        return None

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _guarded(self, generation: int) -> None:
        try:
            if await self.follow():
                self._bot.deliverer.wake()
            self._seen = generation
        except DealwireError as error:
            log.warning("Reminders could not be compared with newer articles, and will be: %s", error)
        except Exception:
            log.exception("Following deadlines met a bug; it is tried again when articles change.")
            self._seen = generation

    async def follow(self) -> int:
        """How many messages are owed that were not before. Raises StoreError."""
        bot, now = self._bot, self._bot.now()
        async with bot.library.database.read() as connection:
            following = await store.list_following(connection, now - FOLLOWED)
        found: dict[tuple[Place, str], Told] = {}
        for server_id in dict.fromkeys(each.server_id for each in following):
            ours = [each for each in following if each.server_id == server_id]
            for each, change in await self._changes(server_id, ours):
                place: Place = (server_id, each.channel_id, each.person_id if each.channel_id is None else None)
                key = place, f"{change.old.day} {change.token}"
                before = found[key].reminders if key in found else ()
                found[key] = Told(change, (*before, each))
        owed = 0
        for (place, _), told in found.items():
            owed += await bot.library.database.transact(
                lambda connection, place=place, told=told: _apply(connection, place, told, now)  # type: ignore[misc]
            )
        return owed

    async def _changes(self, server_id: int | None, reminders: Sequence[Reminder]) -> list[tuple[Reminder, Change]]:
        agenda = await self._bot.agendas.of(server_id)
        ends: dict[Subject, Change | None] = {}
        found = []
        for each in reminders:
            change = moved_by(each.subject, agenda)
            if change is None and each.next_at is not None:
                if each.subject not in ends:
                    ends[each.subject] = await self._end(each.subject, server_id)
                change = ends[each.subject]
            if change is not None and _is_news(each, change):
                found.append((each, change))
        return found

    async def _end(self, subject: Subject, server_id: int | None) -> Change | None:
        if subject.article_id is None or subject.published is None or subject.rule is not None:
            return None
        scope = Scope(server_id=server_id)
        async with self._bot.library.database.read() as connection:
            ids = await newer_on_the_matter(connection, subject.article_id, subject.published, scope, SAME_MATTER, READ)
            articles = await get_articles(connection, ids, scope) if ids else {}
        newer: list[Article] = [articles[each] for each in ids if each in articles]
        return await asyncio.to_thread(ended_by, subject, newer)


def _is_news(reminder: Reminder, change: Change) -> bool:
    if change.token in reminder.rejected:
        return False
    return change.sure or change.kind != "moved" or reminder.pending != change.new


async def _apply(connection: AsyncConnection, place: Place, told: Told, now: float) -> int:
    """The rows as they are now, since somebody may have changed them; whether a message is owed."""
    change, ids = told.change, []
    for each in told.reminders:
        row = await store.get(connection, each.id)
        if row is None or row.state not in (store.ACTIVE, store.PAUSED) or row.subject != change.old:
            continue
        if not _is_news(row, change):
            continue
        if change.kind == "moved" and change.sure:
            row = replace(row, subject=change.new, pending=None, version=row.version + 1)
            await store.change(connection, row, now)
        elif change.kind == "moved":
            await store.change(connection, replace(row, pending=change.new), now)
        ids.append(each.id)
    if not ids:
        return 0
    server_id, channel_id, person_id = place
    digest = hashlib.sha256(f"{change.old.day} {change.token}".encode()).hexdigest()[:16]
    payload = {
        "reminders": ids,
        "change": change.kind,
        "old": change.old.store(),
        "new": change.new.store(),
        "sure": change.sure,
        "token": change.token,
    }
    owed = Owed(
        key=f"{KIND}:{server_id or 0}:{channel_id or 0}:{person_id or 0}:{digest}",
        kind=KIND,
        payload=payload,
        due=now,
        server_id=server_id,
        channel_id=channel_id,
        person_id=told.reminders[0].person_id,
    )
    return int(await deliveries.owe(connection, owed))
