"""The tables of the conversation: what servers set, what people asked, and what they are owed.

They stand in the same database as the knowledge (``index.store.schema``), with one migration tree, so that one
move, one backup and one transaction cover both; ``index`` itself never reads them.

Rules that stand here because here they would be broken:
- Discord's ids are their own keys: a server, a channel or a person is a row only once something is kept about it.
- Moments are seconds since 1970 (``Float``), since they are compared with a clock; days are ISO text.
- A row of ``deliveries`` is the truth about one message: claimed, sent, marked sent. None is deleted to be sent,
  and ``key`` makes the same duty, found twice or by two processes, one row.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from index.store.schema import RowId, metadata

# A server that changed no setting has no row. ``left_at``: when the bot was removed; its data goes after a while.
servers = Table(
    "servers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("time_zone", Text, nullable=False, server_default="UTC"),  # an IANA name
    Column("private", Boolean, nullable=False, server_default="0"),  # answers are private unless asked otherwise
    Column("adders", Text, nullable=False, server_default="managers"),  # who may add articles: managers, everyone
    Column("due_hour", Integer, nullable=False, server_default="9"),  # when a deadline that names only a day is due
    Column("left_at", Float),
)

# Channels in which each question-like message is answered, and the deal that a channel is about.
channels = Table(
    "channels",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("server_id", BigInteger, nullable=False),
    Column("open", Boolean, nullable=False, server_default="0"),
    Column("deal_id", RowId, ForeignKey("deals.id", ondelete="SET NULL")),
    Index(None, "server_id"),
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("time_zone", Text),  # null: the server's
)

# What was asked and answered: buttons, follow-ups and feedback refer to it, also after a restart.
answers = Table(
    "answers",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),  # null: a direct message
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),  # null until it is sent
    Column("asker_id", BigInteger, nullable=False),
    Column("question", Text, nullable=False),  # as it was understood: a follow-up's is completed
    Column("deal_id", RowId, ForeignKey("deals.id", ondelete="SET NULL")),
    Column("private", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("payload", Text, nullable=False),  # JSON of index.models.Answer
    Column("why", Text),  # JSON: the passages that were weighed, and the index's version
    Column("asked_at", Float, nullable=False),
    Index(None, "message_id"),
    Index(None, "server_id", "asked_at"),
    sqlite_autoincrement=True,
)

# Which articles an answer quotes: where one is changed or withdrawn, the answer's message says so. Not a foreign key,
# since a withdrawn article is just what is looked for.
quoted = Table(
    "quoted",
    metadata,
    Column("answer_id", RowId, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", RowId, primary_key=True, autoincrement=False),
    Index(None, "article_id"),
)

votes = Table(
    "votes",
    metadata,
    Column("answer_id", RowId, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("helpful", Boolean, nullable=False),
    Column("voted_at", Float, nullable=False),
)

# One message owed to one channel or person; it goes out once.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),  # also Discord's enforced nonce
    Column("key", Text, nullable=False, unique=True),  # what makes it the same duty
    Column("kind", Text, nullable=False),  # who renders it: reminder, moved, post, digest, answer, notice
    Column("server_id", BigInteger),
    Column("channel_id", BigInteger),  # null: a direct message
    Column("person_id", BigInteger),  # to whom, or on whose behalf
    Column("payload", Text, nullable=False),  # JSON, of the kind's own shape
    Column("due", Float, nullable=False),  # not before: its time, the end of a lease, or when to try again
    Column("first_due", Float, nullable=False),  # as it was owed: tells how late it is
    Column("state", Text, nullable=False),  # owed, sent, undeliverable, cancelled
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("worker", Text),  # who has it
    Column("lease", Float),  # until when
    Column("doubt_since", Float),  # since when it may have been sent without our knowing; null: it was not
    Column("about", Text),  # on whose account, as “reminder 12”: cancelled and shown together
    Column("error", Text),  # why the last attempt failed
    Column("message_id", BigInteger),
    Column("sent_at", Float),
    Index(None, "state", "first_due"),  # they go out in the order in which they were owed
    Index(None, "server_id"),
    Index(None, "about"),
    sqlite_autoincrement=True,
)

# The commands as they were last sent to Discord: they are sent again only when they changed.
synced = Table(
    "synced",
    metadata,
    Column("application_id", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
)
