"""Which texts count as reprints: shortened and lightly edited ones, not two reports of one event."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.duplicates import buckets, is_reprint
from tests.helpers import made

WIRE = (
    "Officials in Port Aldous signed the fishing treaty on Tuesday after nine months of talks. The quota falls by a fifth "
    "from next spring, and both fleets must carry observers. Neither side would say who pays for them. The parliaments "
    "vote before Easter, and a defeat in either would send the negotiators back to the table."
)
OTHER_REPORT = (
    "The long fishing dispute is over. On Tuesday ministers put their names to a treaty that cuts catches by a fifth and "
    "puts an observer on every boat, though nobody will say at whose expense. Lawmakers on both shores get their say by Easter."
)


def meet(text: str, other: str) -> bool:
    return bool(set(buckets(text)) & set(buckets(other)))


def test_reprints_are_recognised_and_meet_in_a_bucket() -> None:
    for version in (
        WIRE,
        WIRE.upper(),
        WIRE[: len(WIRE) * 2 // 3],
        WIRE.replace("Tuesday", "Monday").replace("nine", "9"),
        "PORT ALDOUS (Wire) – " + WIRE + " More follows.",
    ):
        assert is_reprint(WIRE, version) and is_reprint(version, WIRE) and meet(WIRE, version), version


def test_two_reports_of_one_event_are_two() -> None:
    assert not is_reprint(WIRE, OTHER_REPORT)
    assert not any(is_reprint(made.text(n), made.text(n + 1)) for n in range(100))


def test_nothing_is_no_reprint_of_anything() -> None:
    assert not is_reprint("", "") and not is_reprint("", WIRE) and not is_reprint("!?", "…")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_buckets_that_a_database_can_keep(text: str) -> None:
    found = buckets(text)
    assert found == buckets(text) == sorted(set(found))
    assert all(-(2**63) <= each < 2**63 for each in found)
