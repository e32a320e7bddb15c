"""Reports in order, and where the deal stands after each: what outranks what."""

from datetime import date, timedelta

import pytest

from index.stages import find_sightings
from index.stages.course import Course, Told, course

FIRST = date(2025, 3, 3)

# Each line is one report, a week after the one before, and the stage after it.
COURSES = {
    "a rumour undoes no signature": [
        ("signed", "The two ports signed the lease on Monday."),
        ("signed", "The lease has collapsed, two people familiar with the matter said."),
    ],
    "talks that go on do not unsign": [
        ("signed", "The two ports signed the lease on Monday."),
        ("signed", "Talks on the details continue, the harbour master said."),
    ],
    "what was agreed can be open again": [
        ("agreed in principle", "The two ports have agreed in principle on a lease."),
        ("in talks", "There is still no agreement on the lease, both ports said on Monday."),
    ],
    "a rumour is confirmed": [
        ("rumoured", "The two ports are said to be in talks on a lease."),
        ("in talks", "The two ports confirmed that they are in talks on a lease."),
    ],
    "and back again": [
        ("in force", "The lease took effect on Saturday."),
        ("suspended", "The city suspended the lease on Monday."),
        ("in force", "The city reinstated the lease on Thursday."),
        ("collapsed", "The city has cancelled the lease."),
        ("in talks", "The two ports are talking again."),
    ],
    "a lifted suspension brings back what held before": [
        ("awaiting approval", "The lease needs the consent of the city council."),
        ("suspended", "A court suspended the lease on Monday."),
        ("awaiting approval", "The court lifted its suspension of the lease on Friday."),
        ("in force", "The lease came into force on Sunday, after a court had lifted its suspension."),
    ],
    "what was signed is carried out once its suspension is lifted": [
        ("signed", "The two ports signed the lease on Monday."),
        ("suspended", "A court suspended the lease on Monday."),
        ("in force", "The court has lifted its suspension of the lease."),
    ],
    "what is ended in a suspension is over": [
        ("in force", "The lease came into force on Monday."),
        ("suspended", "A court suspended the lease."),
        ("collapsed", "The city has ended the lease."),
    ],
    "how it came about is not what it came to": [
        ("suspended", "The city suspended the lease on Monday, a month after it had been signed."),
        ("suspended", "The lease, which took effect in May, covers nine quays."),
    ],
    "after the approval comes the signature": [
        ("awaiting approval", "The lease needs the consent of the city council."),
        ("signed", "The two ports signed the lease on Friday."),
        ("in force", "The lease came into force on Sunday."),
        ("in force", "The two ports reached a deal last year and signed it in spring."),
    ],
    "something new waits while the old is in force": [
        ("in force", "The interim lease took effect on Saturday."),
        ("awaiting approval", "The two ports signed a ten-year lease on Monday, which still needs the council's consent."),
    ],
    "failed talks on the side end nothing": [
        ("in force", "The lease took effect on Saturday."),
        ("in force", "Talks on a second lease collapsed on Monday."),
    ],
    "hopes and denials leave it where it was": [
        ("in talks", "The two ports are in talks on a lease."),
        ("in talks", "The mayor hopes that the lease will be signed in May."),
        ("in talks", "The port denied that the talks had collapsed."),
    ],
    "another deal in passing": [
        ("in talks", "The two ports are in talks on a lease. A merger of Aldby and Corran collapsed over dues."),
    ],
}  # fmt: skip


def told(reports: list[str]) -> list[Told]:
    found = []
    for number, text in enumerate(reports):
        day = FIRST + timedelta(days=7 * number)
        found += [Told(each, number, number, day) for each in find_sightings(text, day, "Two ports and a lease")]
    return found


@pytest.mark.parametrize("name", COURSES)
def test_course(name: str) -> None:
    reports = [text for _, text in COURSES[name]]
    for number, (stage, _) in enumerate(COURSES[name]):
        assert course(told(reports[: number + 1])).stage == stage, reports[number]


def test_a_reprint_changes_nothing_and_counts_once() -> None:
    reports = told(["The lease took effect on Saturday.", "The city suspended the lease on Monday."])
    again = [Told(each.sighting, 9, each.story, each.published) for each in reports[:1]]
    found = course([*reports, *again])
    assert found.stage == "suspended" and len(found.changes) == 2


def test_what_spoke_against_it_is_kept() -> None:
    found = course(told(["The lease was signed on Monday.", "The lease has collapsed, sources said."]))
    assert [each.sighting.stage for each in found.against] == ["collapsed"]


def test_nothing_told_is_no_stage() -> None:
    assert course([]) == Course((), (), ())
    assert course(told(["The lease covers nine quays."])).stage is None
