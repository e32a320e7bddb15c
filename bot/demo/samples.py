"""The sample articles in the order of their days, so that the demo's news arrives as its clock goes on."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from index.errors import UsageError
from index.models import Draft
from index.read import Reading
from index.read.files import find_files, read_path

_PLACES = (Path(__file__).parent.parent / "seeds", Path(__file__).parents[2] / "seeds")  # installed, or a checkout


@dataclass(frozen=True, slots=True)
class Sample:
    lands: datetime  # aware, UTC
    draft: Draft


def read_samples(folder: Path | None = None) -> list[Sample]:
    """All of them, earliest first. An article that tells no day lands with the first. Raises UsageError."""
    place = folder or next((each for each in _PLACES if each.is_dir()), None)
    if place is None:
        raise UsageError("The sample articles are not installed; name a folder of articles with --articles FOLDER.")
    drafts = [draft for path in find_files([place]).paths for draft in read_path(path).drafts]
    if not drafts:
        raise UsageError(f"There are no articles in {place}; name a folder that holds some with --articles FOLDER.")
    return sorted((Sample(_lands(each), each) for each in drafts), key=lambda sample: sample.lands)


def opening_day(samples: Sequence[Sample]) -> datetime:
    """When the demo begins: the morning after the first three articles of which one comes a day later at most.

    So there is something to ask about, and most of the news is still to come.
    """
    dated = [each.lands for each in samples if each.lands.year > 1]
    if not dated:
        return datetime(2026, 1, 1, 9, tzinfo=UTC)
    busiest = max(dated, key=lambda day: sum(abs((each - day).days) <= 1 for each in dated))
    following = [each for each in dated if 0 <= (each - busiest).days <= 1]
    last = max(following)
    return datetime.combine(date.fromordinal(last.toordinal() + 1), time(9), UTC)


def landing(samples: Sequence[Sample], after: datetime, until: datetime) -> list[Sample]:
    return [each for each in samples if after < each.lands <= until]


async def as_readings(samples: Sequence[Sample]) -> AsyncIterator[Reading]:
    for each in samples:
        yield Reading((each.draft,))


def _lands(draft: Draft) -> datetime:
    told = draft.published
    if told is None:
        return datetime.min.replace(tzinfo=UTC)
    if not isinstance(told, datetime):
        told = datetime.combine(told, time(8))
    return told if told.tzinfo else told.replace(tzinfo=UTC)
