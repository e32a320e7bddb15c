"""Which deadlines of a place stand in its calendar file, and which stand there as cancelled. Writes no format.

What is hidden by a dispute, or was removed by people, is told as cancelled for a while: a calendar keeps whatever a
newer file leaves out. A day that was moved is no entry of its own; the entry moves.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reminders.calendar import Dated, of_article, of_own, write
from bot.reminders.entries import Entries, entries
from bot.store import disputes, own
from bot.store.disputes import Dispute
from bot.store.own import Own
from index.models import Scope
from index.store.articles import article_ids

if TYPE_CHECKING:
    from bot.client import DealwireBot

TOLD_FOR = 90 * 86_400.0  # seconds for which a removal is told


@dataclass(frozen=True, slots=True)
class Written:
    file: bytes
    count: int  # of those that stand in it and are not cancelled


async def calendar_of(
    bot: "DealwireBot",
    server_id: int | None,
    person_id: int,
    *,
    deal_id: int | None = None,
    name: str = "Deadlines",
    everything: bool = False,
) -> Written:
    """What ``entries`` shows there; with ``everything`` what is over as well. Raises StoreError."""
    found = await entries(bot, server_id, person_id)
    async with bot.library.database.read() as connection:
        disputed = await disputes.list_of(connection, server_id) if server_id is not None else []
        removed = await own.list_removed(connection, server_id, person_id, bot.now() - TOLD_FOR)
        inside = None
        if deal_id is not None:
            inside = set(await article_ids(connection, Scope(server_id=server_id, deal_id=deal_id)))
    place = server_id if server_id is not None else person_id

    def written() -> Written:
        dated = _dated(found, disputed, inside, place, everything=everything)
        gone = [of_own(each.id, place, each.subject, each.version, cancelled=True) for each in removed]
        file = write([*dated, *(gone if inside is None else ())], found.now, found.clock.zone, name)
        return Written(file, sum(not each.cancelled for each in dated))

    return await asyncio.to_thread(written)


def _dated(
    found: Entries, disputed: Sequence[Dispute], inside: Collection[int] | None, place: int, *, everything: bool
) -> list[Dated]:
    threads, made = found.agenda.threads(), []
    for each in found.all:
        if each.moved or not (everything or each.is_ahead(found.now)):
            continue
        if each.own is not None and inside is None:
            made.append(_of_own(each.own, place))
        elif each.deadline is not None and (inside is None or each.deadline.told.article_id in inside):
            tellings = threads[each.deadline.thread]
            sentences = {(told.article_id, told.quote) for told in tellings}
            # One step when it is hidden and one when it is back, so that the count never falls.
            steps = [1 + (not one.hides) for one in disputed if (one.article_id, one.quote) in sentences]
            made.append(of_article(each.deadline, tellings, sum(steps), cancelled=each.dispute is not None))
    return made


def _of_own(each: Own, place: int) -> Dated:
    return of_own(each.id, place, each.subject, each.version)
