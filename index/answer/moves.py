"""A day that a later article moved: from the sentence that names the old one to the one that names the new.

The likeness of two sentences cannot tell which day holds; the deadline layer can, since it links tellings
of one thing and knows the words of moving. Only the articles that were found for the question are linked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.agenda import link_stored
from index.answer.dates import Day
from index.answer.decide import Judged
from index.deadlines.link import Link
from index.library import Library
from index.models import Scope
from index.search.hybrid import Found
from index.store.articles import get_articles
from index.store.candidates import candidates_of
from index.store.deadlines import StoredDeadline, deals_of, list_deadlines


async def moved(
    library: Library, best: Judged, day: Day, found: Sequence[Found], scope: Scope
) -> tuple[Judged, Day] | None:
    """Where the day that ``best`` names was moved: the sentence that tells the newest day, and that day.

    To be asked where ``tells_moves`` says so: mostly nothing was moved.
    """
    ids = {each.candidate.article_id for each in found}
    async with library.database.read() as connection:
        mine = await list_deadlines(connection, scope, {best.found.candidate.article_id})
        if not any(_is_here(best, day.last, each) for each in mine):
            return None
        stored = await list_deadlines(connection, scope, ids)
        links = await link_stored(connection, stored, await deals_of(connection, scope.server_id, ids))
        newest = _newest(best, day.last, stored, links)
        if newest is None:
            return None
        articles = await get_articles(connection, [newest.article_id], scope)
        at = newest.found.start
        passages = await candidates_of(connection, articles.values(), scope)
        candidate = next((each for each in passages if each.start <= at < each.end), None)
        if candidate is None:
            return None
    there = next((each for each in found if each.candidate.passage_id == candidate.passage_id), None)
    judged = replace(best, found=there or replace(best.found, candidate=candidate), span=None)
    due = newest.found.due
    return judged, Day(due, due, at, newest.found.end, "day", newest.found.found.reading, binds=True)


def _newest(best: Judged, due: date, stored: Sequence[StoredDeadline], links: Sequence[Link]) -> StoredDeadline | None:
    """The first telling of the day that holds now, where what ``best`` tells was moved to another."""
    for told, linked in zip(stored, links, strict=True):
        if _is_here(best, due, told) and linked.moved_to is not None:
            last = linked.chain[-1]
            thread = [d for d, other in zip(stored, links, strict=True) if other.thread == linked.thread]
            return next((each for each in thread if each.found.due == last), None)
    return None


def _is_here(best: Judged, due: date, told: StoredDeadline) -> bool:
    """The sentence of ``best`` tells this deadline."""
    candidate = best.found.candidate
    inside = candidate.start <= told.found.start < candidate.end
    return inside and told.article_id == candidate.article_id and told.found.due == due
