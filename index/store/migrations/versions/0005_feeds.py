"""Feeds, what arrives from them, and who wants to be told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _cascade(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("queue", sa.Column("feed_id", sa.BigInteger))
    op.add_column("queue", sa.Column("announced", sa.Boolean, nullable=False, server_default=sa.false()))
    _knowledge()
    _conversation()


def _knowledge() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text),
        sa.Column("polled_at", sa.Float),
        sa.Column("new_at", sa.Float),
        sa.Column("rhythm", sa.Float),
        sa.Column("items", sa.Integer, nullable=False, server_default="0"),
        sa.Column("health", sa.Text, nullable=False, server_default="ok"),
        sa.Column("health_at", sa.Float, nullable=False),
        sa.Column("cursor", sa.Text),
        sa.Column("added_at", sa.Float, nullable=False),
        sa.UniqueConstraint("address", name="uq_feeds_address"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_due", "feeds", ["due"])
    op.create_table(
        "subscriptions",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("feed_id", ROW_ID, _cascade("feeds.id"), nullable=False),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("primed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("told", sa.Text, nullable=False, server_default="ok"),
        sa.Column("added_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_server_id", "subscriptions", ["server_id"])
    op.execute(
        "CREATE UNIQUE INDEX uq_subscriptions_feed_id_server_id ON subscriptions (feed_id, coalesce(server_id, -1))"
    )
    op.create_table(
        "feed_items",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("feed_id", ROW_ID, _cascade("feeds.id"), nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("guid", sa.Text),
        sa.Column("link", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_items_feed_id_seen_at", "feed_items", ["feed_id", "seen_at"])
    op.create_table(
        "feed_marks",
        sa.Column("feed_id", ROW_ID, _cascade("feeds.id"), primary_key=True),
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("item_id", ROW_ID, _cascade("feed_items.id"), nullable=False),
    )
    op.create_index("ix_feed_marks_item_id", "feed_marks", ["item_id"])
    op.create_table(
        "arrivals",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.BigInteger, nullable=False),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("feed_id", sa.BigInteger),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_arrivals_due", "arrivals", ["due"])


def _conversation() -> None:
    op.create_table(
        "watches",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("feed_id", ROW_ID, _cascade("feeds.id")),
        sa.Column("deal_id", ROW_ID, _cascade("deals.id")),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
        sa.Column("without", sa.Text, nullable=False, server_default=""),
        sa.Column("outlet", sa.Text, nullable=False, server_default=""),
        sa.Column("only_news", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("role_id", sa.BigInteger),
        sa.Column("ping_for", sa.Text, nullable=False, server_default=""),
        sa.Column("quiet_from", sa.Integer),
        sa.Column("quiet_to", sa.Integer),
        sa.Column("daily_cap", sa.Integer, nullable=False, server_default="20"),
        sa.Column("digest", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("digest_at", sa.Integer, nullable=False, server_default="1080"),
        sa.Column("forum", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("tags", sa.Text, nullable=False, server_default=""),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("added_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    for column in ("server_id", "feed_id", "deal_id"):
        op.create_index(f"ix_watches_{column}", "watches", [column])
    op.create_table(
        "posts",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("watch_id", ROW_ID, sa.ForeignKey("watches.id", ondelete="SET NULL")),
        sa.Column("article_id", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("digest_due", sa.Float),
        sa.Column("muted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("at", sa.Float, nullable=False),
        sa.UniqueConstraint("channel_id", "article_id", name="uq_posts_channel_id_article_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_channel_id_at", "posts", ["channel_id", "at"])
    op.create_index("ix_posts_watch_id_digest_due", "posts", ["watch_id", "digest_due"])
    op.create_table(
        "post_articles",
        sa.Column("post_id", ROW_ID, _cascade("posts.id"), primary_key=True),
        sa.Column("article_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.Text, nullable=False),
    )
    op.create_index("ix_post_articles_article_id", "post_articles", ["article_id"])
    op.create_table(
        "decisions",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("article_id", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_channel_id_at", "decisions", ["channel_id", "at"])
    op.create_index("ix_decisions_at", "decisions", ["at"])
    op.create_table(
        "looked",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("deal_id", ROW_ID, _cascade("deals.id"), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
