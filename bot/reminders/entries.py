"""What one can be reminded of here: the articles' deadlines and people's own, as one list. Knows no Discord.

An entry's ``key`` is what a command's option carries: “a12” for a sentence of an article, “o3” for somebody's own.
It is a claim: it is looked up among what the server or the person may see.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import moment
from bot.reminders.plan import Clock, due_of
from bot.reminders.subject import Subject, of_deadline
from bot.reminders.times import read_time, zone_named
from bot.store import disputes, own
from bot.store.disputes import Dispute
from bot.store.own import Own
from bot.store.reminders import clock_for
from index.agenda import Agenda, Deadline
from index.errors import UsageError

if TYPE_CHECKING:
    from bot.client import DealwireBot

NO_SUCH = "There is no deadline “{words}” here; choose one of those that show as you type, or see /deadlines list"
SEVERAL = "More than one deadline has those words; choose one of those that show as you type."
MANY = 300  # deadlines whose moments would keep the event loop busy


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    subject: Subject
    due: datetime  # the next time, where it comes round again; by the place's clock, whose days count
    deadline: Deadline | None = None  # of an article
    own: Own | None = None
    dispute: Dispute | None = None

    @property
    def moved(self) -> bool:
        return self.deadline is not None and self.deadline.moved_to is not None

    def is_ahead(self, now: datetime) -> bool:
        """Due today counts as ahead for the whole day. ``now`` by the place's clock."""
        return not self.moved and (self.due >= now or self.subject.day >= now.date())


@dataclass(frozen=True, slots=True)
class Entries:
    """All of one place, by the moment at which they are due."""

    all: Sequence[Entry]
    agenda: Agenda
    clock: Clock
    now: datetime  # by that clock

    def shown(self, *, everything: bool = False) -> list[Entry]:
        """Those ahead, without what is disputed; or with ``everything`` disputed, past and moved ones as well."""
        return [each for each in self.all if everything or (each.is_ahead(self.now) and each.dispute is None)]

    def named(self, words: str) -> Entry:
        """By its key, or by words that only one has. Raises UsageError."""
        for each in self.all:
            if each.key == words.strip():
                return each
        wanted = words.casefold().split()
        found = [
            each
            for each in self.shown()
            if all(word in f"{each.subject.what} {each.subject.quote}".casefold() for word in wanted)
        ]
        if len(found) != 1:
            raise UsageError(SEVERAL if found else NO_SUCH.format(words=words[:100]))
        return found[0]


async def entries(bot: "DealwireBot", server_id: int | None, person_id: int) -> Entries:
    """What the server sees, with the server's clock; in a direct message what the person sees. Raises StoreError."""
    agenda = await bot.agendas.of(server_id)
    async with bot.library.database.read() as connection:
        clock = await clock_for(connection, server_id, None, person_id)
        own_ones = await own.list_seen(connection, server_id, person_id)
        disputed = await disputes.list_of(connection, server_id) if server_id is not None else []
    now = bot.now()

    def listed() -> list[Entry]:
        return _listed(agenda, own_ones, disputed, clock, now)

    many = len(agenda.deadlines) > MANY
    here = moment(now).astimezone(zone_named(clock.zone))
    return Entries(await asyncio.to_thread(listed) if many else listed(), agenda, clock, here)


def _listed(
    agenda: Agenda, own_ones: Sequence[Own], disputed: Sequence[Dispute], clock: Clock, now: float
) -> list[Entry]:
    zone = zone_named(clock.zone)

    def due(subject: Subject) -> datetime:
        return moment(due_of(subject, clock, now)).astimezone(zone)

    found = [
        Entry(
            f"a{each.told.id}",
            (subject := _subject(each, agenda)),
            due(subject),
            deadline=each,
            dispute=disputes.about(each, disputed),
        )
        for each in agenda.deadlines
    ]
    found += [Entry(f"o{each.id}", each.subject, due(each.subject), own=each) for each in own_ones]
    return sorted(found, key=lambda each: (each.due.timestamp(), each.key))


def _subject(deadline: Deadline, agenda: Agenda) -> Subject:
    """Of one that was moved the first sentence says best what is due: later ones tell mostly of the moving."""
    subject = of_deadline(deadline)
    if len(deadline.chain) > 1:
        first = agenda.tellings(deadline)[0]
        return replace(subject, what=first.found.what or subject.what)
    return subject


def label(entry: Entry, today: date) -> str:
    """For a list of choices: at most 100 characters, plain."""
    told = read_time(entry.subject.time) if entry.subject.time else None
    due = (entry.due - timedelta(seconds=told is not None and told[0] == 24)).date()  # midnight ends its day
    year = "" if due.year == today.year else f" {due.year}"
    head = f"{due.day} {due:%b}{year}: "
    deal = f" ({entry.subject.deal})" if entry.subject.deal else ""
    what = " ".join(entry.subject.what.split()) or " ".join(entry.subject.quote.split())
    room = 100 - len(head) - len(deal[:40])
    return head + (what if len(what) <= room else what[: room - 1].rstrip() + "…") + deal[:40]
