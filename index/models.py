"""The nouns of the product, as they travel between the stages. Holds data, does nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

# A day, or a day with its time; None where the article does not tell. Never guessed.
Published = Annotated[
    datetime | date, PlainSerializer(lambda value: value.isoformat(), return_type=str, when_used="json")
]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Draft(Frozen):
    """One article as read from bytes, before it has an id.

    ``text`` is clean (see ``index.read.clean``); every offset in the product counts in it.
    """

    text: str
    title: str = ""
    published: Published | None = None
    source: str = ""  # the outlet
    author: str = ""
    importer: str = ""  # the bot that brought it, where one did
    url: str | None = None
    feed_id: str | None = None  # the item's guid or Atom id
    origin: str  # the file, feed or page it came from

    @property
    def day(self) -> date | None:
        return day_of(self.published)


class Article(Draft):
    """A stored article."""

    id: int
    reprint_of: int | None = None  # the first article that told this word for word, or nearly


class Scope(Frozen):
    """Which articles a question may see; part of every query, applied before any cut-off."""

    server_id: int | None = None  # that server's own articles beside the shared ones; None: shared ones only
    as_of: date | None = None  # nothing published after this day, nor of unknown day
    deal_id: int | None = None


class Citation(Frozen):
    """A quote with its article: ``text[start:end] == quote`` of the stored text, always."""

    quote: str
    start: int
    end: int
    article_id: str
    title: str
    source: str
    url: str | None
    published: Published | None
    origin: str
    also: tuple[str, ...] = ()  # other outlets that report the same in nearly the same words


class DateFound(Frozen):
    """A day (``start == end``) or a span; a due day is ``end``."""

    start: date
    end: date


class Answer(Frozen):
    question: str
    as_of: date | None = None
    answered: bool
    answer: str  # short; empty when not answered
    date: DateFound | None = None
    reading: str = ""  # the words that the date was read from, and how
    confidence: float = Field(ge=0, le=1)
    conflict: bool = False
    citations: tuple[Citation, ...] = ()
    superseded: Citation | None = None  # an older statement of the same thing, no longer true
    took_ms: float = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: where it came from, and a sentence for the person."""

    origin: str
    error: str


class IngestReport(Frozen):
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0  # of those added: told in the same words by another article that is there
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    seconds: float = 0

    @property
    def read_nothing(self) -> bool:
        return self.added + self.updated + self.unchanged == 0


def day_of(published: datetime | date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published
