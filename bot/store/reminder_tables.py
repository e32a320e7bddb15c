"""The tables of reminders, of deadlines that people add themselves, and of those that they dispute.

Rules that stand here because here they would be broken:
- A reminder holds what it is about (``subject``) as it was when it was made or last moved, with its quote. It refers
  to an article by its id and to the sentence by its words, since rows of ``deadlines`` go when the grammar changes.
- ``fired_until`` and the key of the delivery keep a reminder from coming twice; no row is deleted when it has come.
- ``next_at`` is reckoned from the rest. 0: reckon anew (a zone or an hour was changed); null: nothing lies ahead.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from index.store.schema import RowId, metadata

own_deadlines = Table(
    "own_deadlines",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),  # null: somebody's own, in direct messages
    Column("person_id", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("words", Text, nullable=False),  # the day as it was said
    Column("day", Text, nullable=False),  # ISO; of a repetition the first
    Column("time", Text),  # as said, with its zone: “17:00 Europe/Berlin”; null: the server's hour
    Column("rule", Text),  # an iCalendar RRULE
    Column("until", Text),  # ISO day, the last one on which it may repeat
    Column("private", Boolean, nullable=False, server_default="0"),  # somebody's own reminder, in nobody's list
    Column("version", Integer, nullable=False, server_default="0"),  # counts changes: iCalendar's SEQUENCE
    Column("made_at", Float, nullable=False),
    Column("removed_at", Float),  # null: it stands
    Index(None, "server_id"),
    sqlite_autoincrement=True,
)

# “This is not a deadline”, “the day is wrong”: hidden for the server at once, until an admin decides.
disputes = Table(
    "disputes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger, nullable=False),
    Column("article_id", BigInteger, nullable=False),
    Column("quote", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("due", Text, nullable=False),  # ISO day
    Column("why", Text, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # open, upheld, dismissed; the first two hide it
    Column("decided_by", BigInteger),
    Column("at", Float, nullable=False),
    Index(None, "server_id"),
    sqlite_autoincrement=True,
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),  # where it was set, and whose articles it follows
    Column("channel_id", BigInteger),  # null: a direct message to ``person_id``
    Column("person_id", BigInteger, nullable=False),  # whose it is
    Column("role_id", BigInteger),  # is pinged
    Column("own_id", RowId, ForeignKey("own_deadlines.id", ondelete="SET NULL")),
    Column("article_id", BigInteger),  # of the subject; no foreign key: the reminder outlives its article
    Column("subject", Text, nullable=False),  # JSON of bot.reminders.subject.Subject
    Column("pending", Text),  # the same: a newer report of the day, armed as well until somebody confirms it
    Column("rejected", Text, nullable=False, server_default=""),  # what somebody said is not so, by newlines
    Column("leads", Text, nullable=False),  # “7d,1d,1h,0”
    Column("acknowledge", Boolean, nullable=False, server_default="0"),  # repeats until somebody has seen it
    Column("state", Text, nullable=False),  # active, paused, done, removed
    Column("fired_until", Float, nullable=False),
    Column("next_at", Float),
    Column("last_base", Text),  # the delivery that came last, and
    Column("acknowledged", Text),  # the one that somebody acknowledged
    Column("version", Integer, nullable=False, server_default="0"),  # counts moves: iCalendar's SEQUENCE
    Column("made_at", Float, nullable=False),
    Index(None, "state", "next_at"),
    Index(None, "server_id"),
    Index(None, "person_id"),
    Index(None, "own_id"),
    sqlite_autoincrement=True,
)
