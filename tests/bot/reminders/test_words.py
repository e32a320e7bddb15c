"""Deadlines in people's own words: the day, the clock, the repetition, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from bot.reminders.words import ENDS_BEFORE, PAST, TOO_FAR, When, read_when
from index.errors import UsageError

NOW = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)  # a Thursday, half past nine in Berlin
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Friday noon", When(date(2026, 1, 2), f"12:00 {BERLIN}")),
        ("tomorrow at 5pm", When(date(2026, 1, 2), f"17:00 {BERLIN}")),
        ("30 June 2026 17:00", When(date(2026, 6, 30), f"17:00 {BERLIN}")),
        ("the end of March", When(date(2026, 3, 31))),
        ("in 3 days", When(date(2026, 1, 4))),
        ("in 2 hours", When(date(2026, 1, 1), "10:30 UTC")),
        ("in half an hour", When(date(2026, 1, 1), "09:00 UTC")),
        ("tonight at 8", When(date(2026, 1, 1), f"20:00 {BERLIN}")),
        ("at 9", When(date(2026, 1, 2), f"09:00 {BERLIN}")),  # today's is over
        ("noon", When(date(2026, 1, 1), f"12:00 {BERLIN}")),
        ("5 March 14:00 UTC", When(date(2026, 3, 5), "14:00 UTC")),
        ("every Monday at 10:00", When(date(2026, 1, 5), f"10:00 {BERLIN}", "FREQ=WEEKLY;BYDAY=MO")),
        (
            "every second Friday at 9 until 30 June",
            When(date(2026, 1, 2), f"09:00 {BERLIN}", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 6, 30)),
        ),
        ("daily at 9", When(date(2026, 1, 2), f"09:00 {BERLIN}", "FREQ=DAILY")),
        ("every 2 weeks from 9 January", When(date(2026, 1, 9), None, "FREQ=WEEKLY;INTERVAL=2")),
    ],
)
def test_what_people_write(words: str, expected: When) -> None:
    read = read_when(words, NOW, BERLIN)
    if words == "daily at 9":  # counted from any day, as long as none of it is past
        assert (read.time, read.rule) == (expected.time, expected.rule) and read.day >= expected.day
    else:
        assert read == expected


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("3 March 2020", PAST.format(words="3 March 2020")),
        ("every Monday until yesterday", ENDS_BEFORE),
        ("3 March 2090", TOO_FAR),
        ("blue", "no time that I can read"),
        ("", "no time that I can read"),
        ("5 June or 7 June", "more than one day"),
        ("Friday until June", "more than one day|Only what repeats"),
        ("in 99999 hours", "no time that I can read|years away"),
    ],
)
def test_what_is_refused_says_how_to_write_it(words: str, refusal: str) -> None:
    with pytest.raises(UsageError, match=refusal if "|" in refusal else refusal.replace("(", r"\(")):
        read_when(words, NOW, BERLIN)


def test_only_what_repeats_has_an_end() -> None:
    with pytest.raises(UsageError, match="Only what repeats"):
        read_when("Friday noon", NOW, BERLIN, until="30 June")
    assert read_when("every Friday", NOW, BERLIN, until="30 June").until == date(2026, 6, 30)
