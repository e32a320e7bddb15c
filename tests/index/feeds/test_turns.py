"""When a feed's next turn is: hypothesis tries waits, and the scatter is random in each."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.feeds.turns import BACK_OFF, SLOWEST, WAITED, after_failure, after_success
from index.store.feeds import Feed

NOW = 1_800_000_000.0
FEED = Feed(
    id=1, address="https://example.org/rss", kind="feed", host="example.org", title="A gazette", etag=None,
    last_modified=None, due=NOW, worker=None, failures=0, error=None, polled_at=None, new_at=None, rhythm=None,
    items=0, health="ok", health_at=NOW, cursor=None, added_at=NOW,
)  # fmt: skip
WAITS = st.floats(60.0, WAITED)
FAILED = st.integers(0, 40)


@given(asked=WAITS, failures=FAILED)
def test_never_sooner_than_the_server_asked(asked: float, failures: int) -> None:
    feed = replace(FEED, failures=failures)
    assert after_failure(feed, NOW, shortest=300.0, retry_after=asked).due >= NOW + asked
    assert after_success(feed, NOW, shortest=300.0, fresh_for=asked, new=0, more=False).due >= NOW + asked


@given(failures=FAILED)
def test_unasked_it_is_within_a_tenth(failures: int) -> None:
    feed = replace(FEED, failures=failures)
    wait = after_failure(feed, NOW, shortest=300.0, retry_after=None).due - NOW
    assert 0.9 * 600.0 <= wait <= 1.1 * BACK_OFF
    assert after_success(feed, NOW, shortest=300.0, fresh_for=None, new=0, more=False).due - NOW <= 1.1 * SLOWEST
    # What is known to wait on a page is fetched soon, whatever the page's headers promise.
    assert after_success(feed, NOW, shortest=300.0, fresh_for=WAITED, new=0, more=True).due - NOW <= 330.0
