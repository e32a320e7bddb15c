"""What a post says, as it stands in its row. Holds data, does nothing."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from index.models import Published


class News(BaseModel):
    """One thing that was not known before (``index.brought``)."""

    model_config = ConfigDict(frozen=True)

    kind: str
    what: str
    quote: str
    day: date | None = None
    was: date | None = None
    deadline_id: int | None = None
    earlier: str = ""
    earlier_source: str = ""


class Content(BaseModel):
    article_id: int
    title: str
    source: str
    published: Published | None
    url: str | None
    deal: str | None = None
    deal_id: int | None = None
    quotes: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    also: tuple[str, ...] = ()  # other outlets that reported it since
    replaced: tuple[str, ...] = ()  # quotes that its outlet changed
    changed: bool = False
    withdrawn: bool = False
    role_id: int | None = None  # is pinged, by the first message only
    forum: bool = False
    tags: tuple[int, ...] = ()
