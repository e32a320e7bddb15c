"""The tables of what channels watch for, and of what was posted there.

Rules that stand here because here they would be broken:
- One story is one post in a channel: ``posts`` is written under ``bot.store.posts.take_turn``, and whoever finds a
  further report adds it there instead of posting again.
- A post's message is a row of ``deliveries`` with the key ``post:ID``, owed in the same transaction. Its content is
  ``payload``; each further ``version`` of it is an edit of that message, a delivery with the key ``post:ID:VERSION``.
- ``decisions`` is a log for people; nothing is decided by it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from index.store import feed_tables as _feeds  # noqa: F401 - a watch may be of a feed
from index.store.schema import RowId, metadata

# A channel that wants a feed's, a deal's or (both null) all new articles that its server may see.
watches = Table(
    "watches",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("feed_id", RowId, ForeignKey("feeds.id", ondelete="CASCADE")),
    Column("deal_id", RowId, ForeignKey("deals.id", ondelete="CASCADE")),
    Column("words", Text, nullable=False, server_default=""),  # separated by commas: any of them must occur
    Column("without", Text, nullable=False, server_default=""),  # none of them may
    Column("outlet", Text, nullable=False, server_default=""),  # separated by commas
    Column("only_news", Boolean, nullable=False, server_default="0"),  # only what brings a date or changes the stage
    Column("role_id", BigInteger),  # is pinged
    Column("ping_for", Text, nullable=False, server_default=""),  # kinds of news, by commas; empty: for each post
    Column("quiet_from", Integer),  # minutes of the day, in the server's time zone
    Column("quiet_to", Integer),
    Column("daily_cap", Integer, nullable=False, server_default="20"),
    Column("digest", Boolean, nullable=False, server_default="0"),  # everything goes into the digest
    Column("digest_at", Integer, nullable=False, server_default="1080"),  # minutes of the day
    Column("forum", Boolean, nullable=False, server_default="0"),  # the channel is one: each post opens a thread
    Column("tags", Text, nullable=False, server_default=""),  # of the forum: ids, by commas
    Column("person_id", BigInteger),
    Column("added_at", Float, nullable=False),
    Index(None, "server_id"),
    Index(None, "feed_id"),
    Index(None, "deal_id"),
    sqlite_autoincrement=True,
)

posts = Table(
    "posts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("watch_id", RowId, ForeignKey("watches.id", ondelete="SET NULL")),
    Column("article_id", BigInteger, nullable=False),  # the first that told it; no foreign key: it may be withdrawn
    Column("payload", Text, nullable=False),  # JSON of bot.posts.content.Content
    Column("digest_due", Float),  # goes into the digest of that moment; null: a message of its own
    Column("muted", Boolean, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("at", Float, nullable=False),
    UniqueConstraint("channel_id", "article_id"),
    Index(None, "channel_id", "at"),
    Index(None, "watch_id", "digest_due"),
    sqlite_autoincrement=True,
)

post_articles = Table(
    "post_articles",
    metadata,
    Column("post_id", RowId, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", BigInteger, primary_key=True, autoincrement=False),
    Column("outlet", Text, nullable=False),
    Index(None, "article_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("article_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # posted, digest, added to a post, not posted
    Column("why", Text, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "channel_id", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

looked = Table(
    "looked",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("deal_id", RowId, ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Float, nullable=False),
)
