"""How long ahead, and the moment at which a day is due: words, zones and clock changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.leads import from_store, parse_leads, said, to_store
from bot.reminders.times import due_moment
from index.errors import UsageError

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def moment(words: str) -> float:
    return datetime.fromisoformat(words).timestamp()


def test_leads_as_people_say_them() -> None:
    leads = parse_leads("1 day, 7d and an hour, at the time, 1 d")
    assert said(leads) == "7 days ahead, 1 day ahead, 1 hour ahead and at the time"
    assert from_store(to_store(leads)) == leads
    assert said(parse_leads("3 working days")) == "3 working days ahead"


@pytest.mark.parametrize("words", ["soon", "", "5 moons", "400 days", "-1 day", "1h,2h,3h,4h,5h,6h,7h,8h,9h,10h,11h"])
def test_what_is_no_lead_gets_a_sentence(words: str) -> None:
    with pytest.raises(UsageError):
        parse_leads(words)


@pytest.mark.parametrize(
    ("day", "time", "zone", "expected"),
    [
        ("2026-11-30", None, "UTC", "2026-11-30T09:00+00:00"),
        ("2026-11-30", None, BERLIN, "2026-11-30T09:00+01:00"),
        ("2026-07-30", "noon", BERLIN, "2026-07-30T12:00+02:00"),
        ("2026-07-30", "5 p.m. (Brussels time)", NEW_YORK, "2026-07-30T17:00+02:00"),
        ("2026-07-30", "17:00 GMT", BERLIN, "2026-07-30T17:00+00:00"),
        ("2026-07-30", "5pm ET", BERLIN, "2026-07-30T17:00-04:00"),
        ("2026-07-30", "10:00 UTC+3", BERLIN, "2026-07-30T10:00+03:00"),
        ("2026-07-30", "midnight", BERLIN, "2026-07-31T00:00+02:00"),
        ("2026-07-30", "17:00 America/New_York", BERLIN, "2026-07-30T17:00-04:00"),
        # Berlin's clocks go from 2 to 3 on 29 March 2026, and from 3 to 2 on 25 October.
        ("2026-03-29", "02:30", BERLIN, "2026-03-29T03:30+02:00"),
        ("2026-10-25", "02:30", BERLIN, "2026-10-25T02:30+02:00"),
        ("2026-10-25", "midnight", BERLIN, "2026-10-26T00:00+01:00"),
        ("2026-11-30", None, "Nowhere/Atall", "2026-11-30T09:00+00:00"),
    ],
)
def test_when_a_day_is_due(day: str, time: str | None, zone: str, expected: str) -> None:
    assert due_moment(date.fromisoformat(day), time, zone).timestamp() == moment(expected)


@pytest.mark.parametrize(
    ("lead", "day", "expected"),
    [
        ("1d", "2026-03-30", "2026-03-29T09:00+02:00"),
        ("1d", "2026-03-29", "2026-03-28T09:00+01:00"),  # 23 hours, and 9 o'clock on both days
        ("24h", "2026-03-29", "2026-03-28T08:00+01:00"),  # 24 hours that pass
        ("1d", "2026-10-25", "2026-10-24T09:00+02:00"),  # 25 hours
        ("7d", "2026-03-31", "2026-03-24T09:00+01:00"),
        ("1wd", "2026-03-30", "2026-03-27T09:00+01:00"),  # from Monday back to Friday
        ("3wd", "2026-04-01", "2026-03-27T09:00+01:00"),
        ("1wd", "2026-03-29", "2026-03-27T09:00+01:00"),  # a Sunday
    ],
)
def test_leads_across_clock_changes_and_weekends(lead: str, day: str, expected: str) -> None:
    due = due_moment(date.fromisoformat(day), None, BERLIN)
    assert parse_leads(lead)[0].before(due).timestamp() == moment(expected)


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["m", "h", "d", "w", "wd"]),
    st.sampled_from([BERLIN, NEW_YORK, "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    st.integers(0, 23),
)
def test_a_lead_is_always_ahead_and_keeps_the_hour(day: date, amount: int, unit: str, zone: str, hour: int) -> None:
    due = due_moment(day, f"{hour:02}:00", zone)
    if unit == "w":
        amount = min(amount, 50)
    lead = parse_leads(f"{amount}{unit}")[0]
    before = lead.before(due)
    assert before < due
    if unit in ("d", "w"):
        days = (due.astimezone(UTC) - before.astimezone(UTC)) / timedelta(days=1)
        assert abs(days - amount * (7 if unit == "w" else 1)) <= 1.1 / 24
    if unit == "wd":
        assert before.weekday() < 5
