"""What reading gives back. Holds data, does nothing."""

from dataclasses import dataclass, field

from index.models import Draft, Failure


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file, page or feed held. Nothing is skipped in silence: what is bad is a failure."""

    drafts: tuple[Draft, ...] = ()
    failures: tuple[Failure, ...] = field(default=())
    behind: tuple[Draft, ...] = ()  # items of a feed without a text of their own: it is behind their link
    feed_id: int | None = None  # the feed that it arrived from by itself; null: somebody brought it
    announced: bool = False  # those who watch for it are to be told
