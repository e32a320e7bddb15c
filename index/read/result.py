"""What reading gives back. Holds data, does nothing."""

from dataclasses import dataclass, field

from index.models import Draft, Failure


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file, page or feed held. Nothing is skipped in silence: what is bad is a failure."""

    drafts: tuple[Draft, ...] = ()
    failures: tuple[Failure, ...] = field(default=())
