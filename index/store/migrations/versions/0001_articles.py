"""Articles, passages, near-duplicate buckets, deals; full-text search over the passages' terms."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ISO_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class _Vector(sa.types.UserDefinedType[bytes]):
    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "vector"


EMBEDDING = sa.LargeBinary().with_variant(_Vector(), "postgresql")


def _cascade(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "state",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="ck_state_one_row"), primary_key=True),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("removals", sa.BigInteger, nullable=False),
        sa.Column("embedding_model", sa.Text),
    )
    op.execute("INSERT INTO state (id, generation, removals) VALUES (1, 0, 0)")
    op.create_table(
        "articles",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("published", ISO_TEXT),
        sa.Column("day", ISO_TEXT),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("importer", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("feed_id", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("reprint_of", ROW_ID, sa.ForeignKey("articles.id", ondelete="SET NULL")),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_day", "articles", ["day"])
    op.create_index(
        "uq_articles_identity_server_id", "articles", ["identity", sa.text("coalesce(server_id, -1)")], unique=True
    )
    op.create_index("ix_articles_url", "articles", ["url"], postgresql_using="hash")
    op.create_index("ix_articles_digest", "articles", ["digest"])
    op.create_index("ix_articles_reprint_of", "articles", ["reprint_of"])
    op.create_table(
        "passages",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("article_id", ROW_ID, _cascade("articles.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("embedding", EMBEDDING, nullable=False),
        sa.UniqueConstraint("article_id", "position"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "buckets",
        sa.Column("article_id", ROW_ID, _cascade("articles.id"), primary_key=True),
        sa.Column("bucket", sa.BigInteger, primary_key=True),
    )
    op.create_index("ix_buckets_bucket", "buckets", ["bucket"])
    op.create_table(
        "deals",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("embedding", sa.LargeBinary, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_deals_name_server_id", "deals", ["name", sa.text("coalesce(server_id, -1)")], unique=True)
    op.create_table(
        "deal_articles",
        sa.Column("deal_id", ROW_ID, _cascade("deals.id"), primary_key=True),
        sa.Column("article_id", ROW_ID, _cascade("articles.id"), primary_key=True),
        sa.Column("likeness", sa.Float, nullable=False),
    )
    op.create_index("ix_deal_articles_article_id", "deal_articles", ["article_id"])
    if op.get_bind().dialect.name == "sqlite":
        _full_text_search_in_sqlite()
    else:
        _search_in_postgresql()


def _full_text_search_in_sqlite() -> None:
    """Triggers keep FTS5 in the same transaction as the passages, whoever writes them.

    The terms are ready made: they must only be parted at the spaces, so that 12.5 stays one of them.
    """
    op.execute(
        "CREATE VIRTUAL TABLE passages_fts USING fts5("
        "terms, content='passages', content_rowid='id', tokenize='ascii tokenchars ''.''', detail='none')"
    )
    op.execute("CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, 'row')")
    op.execute(
        "CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN "
        "INSERT INTO passages_fts(rowid, terms) VALUES (new.id, new.terms); END"
    )
    op.execute(
        "CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN "
        "INSERT INTO passages_fts(passages_fts, rowid, terms) VALUES ('delete', old.id, old.terms); END"
    )


def _search_in_postgresql() -> None:
    """The index on the vectors is built when there are some: it depends on how long they are."""
    op.execute(
        "ALTER TABLE passages ADD COLUMN lexemes tsvector NOT NULL "
        "GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED"
    )
    op.execute("CREATE INDEX ix_passages_lexemes ON passages USING gin (lexemes)")
    # An exact search reads all vectors of its scope: they stay in the row instead of moving to a side table.
    op.execute("ALTER TABLE passages ALTER COLUMN embedding SET STORAGE MAIN")
    op.execute("ALTER TABLE passages SET (toast_tuple_target = 8160)")


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
