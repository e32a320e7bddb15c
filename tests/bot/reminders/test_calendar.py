"""Deadlines as a calendar reads them: days, moments, repetitions with an end, and words that cannot break out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.reminders.calendar import Dated, of_own, write
from bot.reminders.subject import Subject

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ONCE = Subject(date(2026, 11, 30), "the licence lapses")


def event(subject: Subject, zone: str | None = "Europe/Berlin") -> Event:
    [found] = events(write([Dated("a@dealwire", subject)], NOW, zone))
    return found


def events(file: bytes) -> list[Event]:
    return list(Calendar.from_ical(file).events)


def test_a_day_is_a_day_and_a_time_is_a_moment() -> None:
    assert event(ONCE)["DTSTART"].dt == date(2026, 11, 30)
    assert event(replace(ONCE, time="midnight"))["DTSTART"].dt == date(2026, 11, 30)  # not the day after
    assert event(replace(ONCE, time="later that day"))["DTSTART"].dt == date(2026, 11, 30)
    assert event(replace(ONCE, time="5 p.m."))["DTSTART"].dt == datetime(2026, 11, 30, 17, tzinfo=BERLIN)
    assert event(replace(ONCE, time="5pm ET"))["DTSTART"].dt == datetime(2026, 11, 30, 22, tzinfo=UTC)
    floating = event(replace(ONCE, time="5 p.m."), None)["DTSTART"].dt
    assert floating == datetime(2026, 11, 30, 17) and floating.tzinfo is None  # the reader's own five o'clock


def test_a_repetition_keeps_its_hour_across_clock_changes_and_ends() -> None:
    weekly = Subject(date(2026, 3, 4), "call", time="10:00 Europe/Berlin", rule="FREQ=WEEKLY;BYDAY=MO")
    file = write([Dated("a@dealwire", replace(weekly, until=date(2026, 4, 6)))], NOW, "UTC")
    [found] = events(file)
    assert found["DTSTART"].dt == datetime(2026, 3, 9, 10, tzinfo=BERLIN)  # the first Monday, which the rule hits
    assert found["DTSTART"].params["TZID"] == "Europe/Berlin" and b"BEGIN:VTIMEZONE" in file
    assert found["RRULE"]["UNTIL"] == [datetime(2026, 4, 6, 21, 59, 59, tzinfo=UTC)]
    daily = event(Subject(date(2026, 3, 4), "look", rule="FREQ=DAILY", until=date(2026, 3, 9)))
    assert daily["DTSTART"].dt == date(2026, 3, 4) and daily["RRULE"]["UNTIL"] == [date(2026, 3, 9)]


def test_words_of_articles_and_people_stay_words() -> None:
    nasty = "sign; now,\r\nEND:VEVENT\r\nBEGIN:VALARM\nTRIGGER:-PT1M \\n “–”"
    found = event(replace(ONCE, what=nasty, quote=nasty, source="A, B; C", deal="One, two", published=date(2026, 1, 2)))
    assert str(found["SUMMARY"]).replace("\r\n", "\n") == nasty.replace("\r\n", "\n")
    assert "A, B; C, 2 January 2026" in str(found["DESCRIPTION"]) and not found.alarms.times
    assert found.categories == ["One, two"]


def test_what_was_removed_is_cancelled_under_the_same_name() -> None:
    here = [of_own(7, 1, ONCE, 1), of_own(7, 2, ONCE, 2, cancelled=True)]
    mine, theirs = events(write(here, NOW, None))
    assert mine["UID"] != theirs["UID"] == of_own(7, 2, ONCE, 5).uid
    assert (mine["STATUS"], theirs["STATUS"], theirs["SEQUENCE"]) == ("CONFIRMED", "CANCELLED", 2)
