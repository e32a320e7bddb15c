"""Which reminders are due at a moment, and when the next one is."""

from datetime import date, datetime

from bot.reminders.leads import parse_leads
from bot.reminders.plan import Clock, due_now, due_of, upcoming
from bot.reminders.subject import Subject, load

BERLIN = Clock("Europe/Berlin", 9)
ONCE = Subject(date(2026, 11, 30), "the licence lapses")
LEADS = parse_leads("7d, 1d, 1h, 0")


def at(words: str) -> float:
    return datetime.fromisoformat(words).timestamp()


def test_one_after_the_other_until_the_day() -> None:
    after, found = at("2026-11-01T00:00+01:00"), []
    while each := upcoming(ONCE, LEADS, BERLIN, after):
        after = each.at
        found.append(each.at)
    assert found == [
        at("2026-11-23T09:00+01:00"),
        at("2026-11-29T09:00+01:00"),
        at("2026-11-30T08:00+01:00"),
        at("2026-11-30T09:00+01:00"),
    ]


def test_what_was_missed_is_found_and_what_has_come_is_not() -> None:
    found = due_now(ONCE, LEADS, BERLIN, at("2026-11-23T10:00+01:00"), at("2026-11-30T08:30+01:00"))
    assert [str(each.lead) for each in found] == ["1d", "1h"]
    assert not due_now(ONCE, LEADS, BERLIN, at("2026-11-30T09:00+01:00"), at("2027-01-01T00:00+01:00"))


def test_a_repetition_goes_on_to_its_end() -> None:
    weekly = Subject(date(2026, 11, 30), "report", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", until=date(2026, 12, 28))
    leads = parse_leads("1wd")
    after, found = at("2026-11-01T00:00+01:00"), []
    while each := upcoming(weekly, leads, BERLIN, after):
        after = each.at
        found.append(datetime.fromtimestamp(each.at).date())
    assert found == [date(2026, 11, 27), date(2026, 12, 11), date(2026, 12, 25)]
    assert due_of(weekly, BERLIN, at("2026-12-01T00:00+01:00")) == at("2026-12-14T09:00+01:00")


def test_a_long_lead_of_a_quick_repetition() -> None:
    daily = Subject(date(2026, 11, 1), "call", rule="FREQ=DAILY")
    each = upcoming(daily, parse_leads("7d, 1h"), BERLIN, at("2026-11-10T08:30+01:00"))
    assert each and each.at == at("2026-11-10T09:00+01:00") and str(each.lead) == "7d"


def test_a_repetition_across_a_clock_change_keeps_its_hour() -> None:
    daily = Subject(date(2026, 3, 27), "call", time="02:30", rule="FREQ=DAILY")
    after, found = at("2026-03-28T00:00+01:00"), []
    for _ in range(3):
        each = upcoming(daily, parse_leads("0"), BERLIN, after)
        assert each
        after = each.at
        found.append(each.at)
    assert found == [at("2026-03-28T02:30+01:00"), at("2026-03-29T03:30+02:00"), at("2026-03-30T02:30+02:00")]


def test_a_subject_is_stored_whole() -> None:
    subject = Subject(date(2026, 1, 2), "was “gilt”", "noon", "A – b.", "Post", "T", None, date(2025, 1, 1), 7, "Deal")
    assert load(subject.store()) == subject
