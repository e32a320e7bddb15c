"""The tables. The database is the truth; the dense index on disk is a shadow of it.

Rules that stand here because here they would be broken:
- Passages are never changed in place: a new version of an article deletes its passages and adds new
  ones, and an id is never used twice (AUTOINCREMENT). So whoever holds a copy catches up by id. That
  holds on SQLite, where writers take turns; on PostgreSQL a lower id may be committed after a higher
  one, and nobody holds a copy.
- Every transaction that touches articles or passages raises ``state.generation``; one that deletes
  passages raises ``state.removals`` as well. Other processes look at these two numbers alone.
- ``server_id`` null means shared by the operator with every server. Every query carries a scope.
- One reading is stored once: ``claim`` in ``index.store.articles`` before the look-up, and the unique
  index on server and identity behind it. (Null servers differ to a unique index; hence the coalesce.)
- Days and times are stored as ISO text, as printed by the outlet: comparing text compares days, and
  no database's idea of time zones can move a deadline. (The migration gives them the collation C.)
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal_column,
)
from sqlalchemy.types import UserDefinedType

REVISION = "0010"  # the newest migration; a test holds it to alembic's head

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows with INTEGER only; PostgreSQL needs 64 bits for what outgrows one machine.
RowId = BigInteger().with_variant(Integer, "sqlite")


class PgVector(UserDefinedType[bytes]):
    """pgvector's ``vector`` of any dimension. In Python it is the same bytes as on SQLite (``index.store.postgres``)."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "vector"


Embedding = LargeBinary().with_variant(PgVector(), "postgresql")  # float32, little-endian, unit length


def server_or_nobody(table: Table) -> ColumnElement[int]:
    return func.coalesce(table.c.server_id, literal_column("-1"))


def _cascade(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")


state = Table(
    "state",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("generation", BigInteger, nullable=False),
    Column("removals", BigInteger, nullable=False),
    Column("embedding_model", Text),  # null until the first passage is stored
    Column("grammar", Integer),  # the version of index.dates that read the deadlines; null before the first
    Column("stage_grammar", Integer),  # the version of index.stages that read the sightings
)

articles = Table(
    "articles",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),
    Column("identity", Text, nullable=False),  # what makes a second reading the same article
    Column("digest", Text, nullable=False),  # of everything shown to people: has it changed?
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published", Text),  # ISO day, or ISO day and time
    Column("day", Text),  # ISO day of ``published``
    Column("source", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("importer", Text, nullable=False),
    Column("url", Text),
    Column("feed_id", Text),
    Column("origin", Text, nullable=False),
    Column("reprint_of", RowId, ForeignKey("articles.id", ondelete="SET NULL")),
    Column("added_at", Text, nullable=False),  # ISO, UTC
    Column("updated_at", Text, nullable=False),
    Index(None, "day"),
    Index(None, "url", postgresql_using="hash"),  # no B-tree: there it takes nothing over 2,700 bytes
    Index(None, "digest"),
    Index(None, "reprint_of"),
    sqlite_autoincrement=True,
)
Index("uq_articles_identity_server_id", articles.c.identity, server_or_nobody(articles), unique=True)

passages = Table(
    "passages",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_id", RowId, _cascade("articles.id"), nullable=False),
    Column("position", Integer, nullable=False),  # 0, 1, 2 … within the article
    Column("start", Integer, nullable=False),  # characters of articles.text
    Column("end", Integer, nullable=False),
    Column("terms", Text, nullable=False),  # index.terms, separated by spaces
    Column("embedding", Embedding, nullable=False),
    UniqueConstraint("article_id", "position"),
    sqlite_autoincrement=True,
)

# Locality-sensitive hashing of word shingles: articles that share a bucket are compared in full.
buckets = Table(
    "buckets",
    metadata,
    Column("article_id", RowId, _cascade("articles.id"), primary_key=True),
    Column("bucket", BigInteger, primary_key=True),
    Index(None, "bucket"),
)

deals = Table(
    "deals",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("embedding", LargeBinary, nullable=False),  # as passages.embedding; few, and compared in Python
    Column("added_at", Text, nullable=False),
    Column("must", Text, nullable=False, server_default=""),  # words that an article needs, separated by commas
    Column("must_not", Text, nullable=False, server_default=""),  # words that keep an article out
    sqlite_autoincrement=True,
)
Index("uq_deals_name_server_id", deals.c.name, server_or_nobody(deals), unique=True)

deal_articles = Table(
    "deal_articles",
    metadata,
    Column("deal_id", RowId, _cascade("deals.id"), primary_key=True),
    Column("article_id", RowId, _cascade("articles.id"), primary_key=True),
    Column("likeness", Float, nullable=False),
    Index(None, "article_id"),
)

# What a person said of an article and a deal; outranks likeness and words for good (``index.membership``).
corrections = Table(
    "corrections",
    metadata,
    Column("deal_id", RowId, _cascade("deals.id"), primary_key=True),
    Column("article_id", RowId, _cascade("articles.id"), primary_key=True),
    Column("belongs", Boolean, nullable=False),
    Index(None, "article_id"),
)

# As each article tells them; which of them are the same, and which were moved, is worked out when they are
# listed (``index.agenda``), since it depends on who asks and as of when.
deadlines = Table(
    "deadlines",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_id", RowId, _cascade("articles.id"), nullable=False),
    Column("start", Integer, nullable=False),  # of the sentence, in characters of articles.text
    Column("end", Integer, nullable=False),
    Column("date_start", Integer, nullable=False),  # of the words that name the day
    Column("date_end", Integer, nullable=False),
    Column("due", Text, nullable=False),  # ISO day
    Column("kind", Text, nullable=False),  # must, may, ends, begins, decided
    Column("what", Text, nullable=False),
    Column("who", Text),
    Column("reading", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", Text),  # an iCalendar RRULE
    Column("moved_from", Text),  # ISO day
    Column("moved_span", Text),  # the same as an ISO interval of days
    Column("moves", Boolean, nullable=False),
    Column("time", Text),
    Index(None, "article_id"),
    Index(None, "due"),
    sqlite_autoincrement=True,
)

# All dates of an article in one piece (``index.store.dates``): answering needs them together or not at all.
article_dates = Table(
    "article_dates",
    metadata,
    Column("article_id", RowId, _cascade("articles.id"), primary_key=True, autoincrement=False),
    Column("grammar", Integer, nullable=False),  # the version of index.dates that read them
    Column("fingerprint", Text, nullable=False),  # of the text and day that were read
    Column("dates", Text, nullable=False),  # JSON
)

# Sentences that say what has become of a deal; which of them hold is worked out when somebody asks (``index.status``).
sightings = Table(
    "sightings",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_id", RowId, _cascade("articles.id"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the sentence, in characters of articles.text
    Column("end", Integer, nullable=False),
    Column("weight", Integer, nullable=False),  # index.stages.found: RUMOUR, BACKGROUND, ASIDE or PLAIN
    Column("cue", Text, nullable=False),
    Column("day", Text),  # ISO day on which it happened
    Column("position", Integer, nullable=False),
    Column("soft", Boolean, nullable=False),
    Column("turns_back", Boolean, nullable=False),
    Column("elsewhere", Boolean, nullable=False),
    Index(None, "article_id"),
    sqlite_autoincrement=True,
)

# Questions that the articles did not answer when they were asked, kept until one does (``index.store.standing``).
standing_questions = Table(
    "standing_questions",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),
    Column("deal_id", RowId, _cascade("deals.id")),
    Column("question", Text, nullable=False),
    Column("whom", Text, nullable=False),  # where the answer goes; only who delivers it reads this
    Column("kept_at", Text, nullable=False),  # ISO, UTC
    Column("after_article", RowId, nullable=False),  # the highest id when it was kept: what was there is no news
    Column("answered_at", Text),  # ISO, UTC; null: it waits
    Column("answered_by", RowId),  # the article, which may be gone by now
    Index(None, "answered_at"),
    sqlite_autoincrement=True,
)

# What was read and waits for a worker (``index.work``). A row is deleted when its articles are stored; one that
# a worker took and did not finish falls due again when the lease ends, and the articles are stored once all the same.
queue = Table(
    "queue",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("server_id", BigInteger),
    Column("origin", Text, nullable=False),
    Column("reading", Text, nullable=False),  # JSON: the drafts of one document
    Column("attempts", Integer, nullable=False),
    Column("due", Float, nullable=False),  # seconds since 1970: not before; the end of the lease of who has it
    Column("worker", Text),  # who has it, null: nobody
    Column("error", Text),  # why the last attempt failed
    Column("feed_id", BigInteger),  # where it arrived from by itself; null: somebody brought it
    Column("announced", Boolean, nullable=False, server_default="0"),  # those who watch for it are told
    Index(None, "due"),
    sqlite_autoincrement=True,
)
