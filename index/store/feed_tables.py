"""The tables of where articles arrive from by themselves, and of what arrived.

Rules that stand here because here they would be broken:
- One address is one feed, whoever watches it: it is fetched once. Who wants it stands in ``subscriptions``, and each
  subscriber's articles are its own (``server_id`` null: the operator's, shared with every server).
- What was new in a document, its items, its articles' place in the queue and the end of the poll's lease are one
  transaction: a kill leaves either all of it or nothing.
- An item is known by any of its marks (id, link, words), since feeds change each of them.
- ``arrivals`` says which stored articles nobody was told of yet; a row goes in the transaction that decides who is.
- Moments are seconds since 1970.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from index.store.schema import RowId, metadata, server_or_nobody

feeds = Table(
    "feeds",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("address", Text, nullable=False, unique=True),  # a URL; folder:/path; discord:CHANNEL
    Column("kind", Text, nullable=False),  # feed, page, folder, channel
    Column("host", Text, nullable=False),  # one at a time is fetched from a host
    Column("title", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("due", Float, nullable=False),  # not before; the end of the lease of who has it
    Column("worker", Text),  # who has it, null: nobody
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    Column("error", Text),  # the last of them, as a sentence
    Column("polled_at", Float),  # when it was last read without failure
    Column("new_at", Float),  # when something new was last in it
    Column("rhythm", Float),  # seconds that usually pass between two new items
    Column("items", Integer, nullable=False, server_default="0"),  # that were new since it was added
    Column("health", Text, nullable=False, server_default="ok"),  # ok, failing, silent
    Column("health_at", Float, nullable=False),
    Column("cursor", Text),  # the last message that was read, of a channel
    Column("added_at", Float, nullable=False),
    Index(None, "due"),
    sqlite_autoincrement=True,
)
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("feed_id", RowId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("server_id", BigInteger),
    Column("channel_id", BigInteger),  # where its troubles are told; null: nowhere
    Column("person_id", BigInteger),  # who added it
    Column("paused", Boolean, nullable=False, server_default="0"),
    Column("primed", Boolean, nullable=False, server_default="0"),  # what was there at the start has been read
    Column("told", Text, nullable=False, server_default="ok"),  # the health that was last told
    Column("added_at", Float, nullable=False),
    Index(None, "server_id"),
    sqlite_autoincrement=True,
)
Index("uq_subscriptions_feed_id_server_id", subscriptions.c.feed_id, server_or_nobody(subscriptions), unique=True)

# What was in a feed's documents. ``tries`` counts the attempts at an article that a page or feed only links to.
items = Table(
    "feed_items",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("feed_id", RowId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("digest", Text, nullable=False),  # of what it says; not read (yet): see index.feeds.items
    Column("guid", Text),  # the id that its article is stored under, whatever the feed calls it later
    Column("link", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("first_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Index(None, "feed_id", "seen_at"),
    sqlite_autoincrement=True,
)

marks = Table(
    "feed_marks",
    metadata,
    Column("feed_id", RowId, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", Text, primary_key=True),  # a digest of the id, the link or the words
    Column("item_id", RowId, ForeignKey("feed_items.id", ondelete="CASCADE"), nullable=False),
    Index(None, "item_id"),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_id", BigInteger, nullable=False),  # no foreign key: a withdrawn one is gone
    Column("server_id", BigInteger),
    Column("feed_id", BigInteger),
    Column("kind", Text, nullable=False),  # added, updated, withdrawn
    Column("at", Float, nullable=False),
    Column("due", Float, nullable=False),  # not before; the end of the lease of who has it
    Column("worker", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index(None, "due"),
    sqlite_autoincrement=True,
)
