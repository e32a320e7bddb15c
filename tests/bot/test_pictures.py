"""The picture of a timeline: what is on it, what keeps its labels apart, and that any words can be drawn."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.plan import MOST_EVENTS, Band, Due, Plan, chosen
from bot.pictures.scale import Scale, flagged, marks, packed
from bot.pictures.timeline import WIDTH, draw
from index.models import Citation
from index.stages import STAGES
from index.timeline import Event, EventKind

DAY = date(2026, 3, 1)
SCALE = Scale(DAY, DAY + timedelta(days=100), 0, 1_000)


def event(kind: EventKind, number: int) -> Event:
    cited = Citation(
        quote=f"{number}", start=0, end=1, article_id="1", title="", source="", url=None, published=DAY, origin="a"
    )
    stage = STAGES[number % len(STAGES)] if kind == "stage" else None
    return Event(kind=kind, day=DAY + timedelta(days=3 * number), told=DAY, stage=stage, citation=cited)


def test_stages_and_moves_are_shown_before_reports_and_the_newest_before_older_ones() -> None:
    kinds: list[EventKind] = ["stage", "report", "moved", "deadline"] * 6
    shown = chosen([event(kind, number) for number, kind in enumerate(kinds)])
    assert len(shown) == MOST_EVENTS and {each.kind for each in shown} == {"stage", "moved"}
    assert [int(each.citation.quote) for each in shown] == sorted(int(each.citation.quote) for each in shown)
    few = chosen([event("report", number) for number in range(20)])
    assert [int(each.citation.quote) for each in few] == list(range(8, 20))


def test_labels_never_cover_each_other_and_no_pole_goes_through_one() -> None:
    spans = [(0.0, 200.0), (90.0, 300.0), (95.0, 400.0), (390.0, 500.0), (600.0, 640.0)]
    rows = flagged(spans)
    for number, (begin, end) in enumerate(spans):
        for other, (start, done) in enumerate(spans):
            if other != number and rows[other] == rows[number]:
                assert end <= start or done <= begin
            if rows[other] > rows[number]:
                assert not begin < start < end + 10, "its pole"
    assert rows[-1] == 0 and rows[0] == max(rows)
    assert packed([(0, 50), (20, 70), (60, 90)], 5) == [0, 1, 0] and packed([], 5) == []


@pytest.mark.parametrize("days", [1, 20, 90, 400, 4_000, 40_000])
def test_marks_are_few_and_in_order(days: int) -> None:
    scale = replace(SCALE, last=DAY + timedelta(days=days))
    found = marks(scale, 7)
    assert len(found) <= 8 and [day for day, _ in found] == sorted({day for day, _ in found})
    assert all(scale.holds(day) and label for day, label in found)


def test_days_beyond_the_scale_stand_at_its_edge() -> None:
    assert (SCALE.x(DAY), SCALE.x(DAY + timedelta(days=50)), SCALE.x(date(2050, 1, 1))) == (0, 500, 1_000)
    assert SCALE.x(date(1950, 1, 1)) == 0 and not SCALE.holds(date(2050, 1, 1))


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize(
    "words",
    ["the licence", "$\\frac{1}{0}$ costs $3 and $x_", "x" * 900, "合意 🎉 \x00\u202eevil", "", "many words " * 90],
    ids=["plain", "not mathematics", "endless", "strange", "none", "long"],
)
def test_whatever_the_words_a_picture_comes_out(words: str) -> None:
    bands = tuple(
        Band(each, DAY + timedelta(days=n * 5), DAY + timedelta(days=n * 5 + 5)) for n, each in enumerate(STAGES)
    )
    events = tuple(event(kind, number) for number, kind in enumerate(("stage", "moved", "report") * 4))
    dues = (
        Due((DAY, DAY + timedelta(days=40), DAY + timedelta(days=20)), words, DAY, ahead=True),
        Due((date(2050, 1, 1),), words, None, ahead=True),
        Due((DAY - timedelta(days=400),), words, DAY, ahead=False),
    )
    plan = Plan(words, "signed", DAY, DAY + timedelta(days=60), DAY, SCALE.last, bands, events, dues)
    for each in (plan, replace(plan, bands=(), deadlines=(), stage=None, since=None)):
        picture = Image.open(BytesIO(draw(each)))
        assert picture.format == "PNG" and picture.width == WIDTH and 300 < picture.height < 2_400
        assert len(picture.convert("RGB").getcolors(10_000_000) or []) > 100  # something is on it
