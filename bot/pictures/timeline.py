"""Draws a plan: the stages as bands, events under their numbers, deadlines with their moves as arrows, today.

Owns sizes and colours. Laid out in pixels of a picture that a phone shows at a bit over a third of its width, so that
the smallest words are still 11 pixels high there. Blocking: from a server, run it in a thread.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.cards.status import STAGE_COLOURS, UNKNOWN
from bot.cards.text import plain
from bot.pictures.plan import Band, Due, Plan, day_of_event
from bot.pictures.scale import Scale, flagged, marks, packed
from index.answer.dates import written

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

WIDTH = 1080
EDGE = 48
DPI = 100

GROUND, PANEL, RULE = "#2b2d31", "#232428", "#41434a"
BRIGHT, SOFT, FAINT = "#f2f3f5", "#c4c9ce", "#8e949c"
TODAY = "#7983f5"
TITLE, BIG, SMALL = 46, 36, 31  # heights of letters, in pixels
BAND, BADGE, ROW = 46, 25, 42
MOST_MARKS = 7


@dataclass(slots=True)
class _Sheet:
    """The axes in pixels, y downwards, and how far down they are filled."""

    axes: "Axes"
    scale: Scale
    y: float = EDGE

    def text(
        self, x: float, y: float, words: str, size: float, colour: str = BRIGHT, *, outlined: bool = False, **more: Any
    ) -> "Text":
        """``outlined``: still read where a line passes under it."""
        from matplotlib.patheffects import withStroke

        effects = [withStroke(linewidth=5, foreground=GROUND)] if outlined else None
        options: dict[str, Any] = {"va": "center", "path_effects": effects} | more
        return self.axes.text(x, y, words, fontsize=size * 72 / DPI, color=colour, parse_math=False, **options)

    def width(self, words: str, size: float, **more: Any) -> float:
        """Measured as it would be drawn."""
        drawn = self.text(0, 0, words, size, **more)
        wide = float(drawn.get_window_extent().width)
        drawn.remove()
        return wide

    def fitted(self, words: str, size: float, room: float, **more: Any) -> str:
        """Cut at a word's end where it would be wider."""
        words = drawable(" ".join(plain(words[:500]).split()))
        if self.width(words, size, **more) <= room:
            return words
        low, high = 0, min(len(words), 150)  # letters that surely fit, and that may
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(words[:middle] + "…", size, **more) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        space = words.rfind(" ", low // 2, low + 1)
        return words[: space if space > 0 else low].rstrip(" ,;:–-") + "…"


def drawable(words: str) -> str:
    """Signs that the font lacks (it has Latin, Greek, Cyrillic and more, not Chinese, no emoji) become boxes."""
    from matplotlib.font_manager import findfont, get_font

    known = get_font(findfont("DejaVu Sans")).get_charmap()
    return "".join(each if ord(each) in known else "□" for each in words)


def draw(plan: Plan) -> bytes:
    """A PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = 4_000  # more than is ever filled; cut to what is
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    sheet = _Sheet(axes, Scale(plan.first, plan.last, EDGE + 34, WIDTH - EDGE - 34))
    _head(sheet, plan)
    top = sheet.y
    _today(sheet, plan)
    _bands(sheet, plan.bands)
    _events(sheet, plan)
    _deadlines(sheet, plan.deadlines, plan.today)
    _axis(sheet, top)
    filled = round(sheet.y + EDGE * 0.7)
    figure.set_size_inches(WIDTH / DPI, filled / DPI)
    axes.set_ylim(filled, 0)
    made = BytesIO()
    figure.savefig(made, format="png", facecolor=GROUND)
    return made.getvalue()


def colour_of(stage: Any) -> str:
    return f"#{STAGE_COLOURS.get(stage, UNKNOWN):06x}"


def short(day: date, beside: date) -> str:
    """“5 May”, with the year where it is another than ``beside``'s."""
    return f"{day.day} {day:%b}" + (f" {day.year}" if day.year != beside.year else "")


def _head(sheet: _Sheet, plan: Plan) -> None:
    room = WIDTH - 2 * EDGE
    sheet.y += TITLE / 2
    sheet.text(EDGE, sheet.y, sheet.fitted(plan.title, TITLE, room, weight="bold"), TITLE, weight="bold")
    sheet.y += TITLE / 2 + 42
    said = plan.stage or "no article tells where it stands"
    wide = sheet.width(said, BIG, weight="bold") + 44
    colour = colour_of(plan.stage)
    _box(sheet, EDGE, sheet.y - 32, wide, 64, colour, round_by=32)
    sheet.text(EDGE + 22, sheet.y, said, BIG, "#1a1b1e", weight="bold")
    if plan.since:
        sheet.text(EDGE + wide + 22, sheet.y, f"since {written(plan.since, plan.since)}", BIG, SOFT)
    sheet.y += 32 + 46


def _today(sheet: _Sheet, plan: Plan) -> None:
    """The label; the line behind everything is drawn with the axis, when it is known how far down it goes."""
    words = f"today, {short(plan.today, plan.today)}"
    wide = sheet.width(words, SMALL, weight="bold") + 32
    x = min(max(sheet.scale.x(plan.today) - wide / 2, EDGE), WIDTH - EDGE - wide)
    _box(sheet, x, sheet.y - 24, wide, 48, TODAY, round_by=24, z=6)
    sheet.text(x + wide / 2, sheet.y, words, SMALL, "#ffffff", weight="bold", ha="center", zorder=7)
    sheet.axes.add_line(_line([sheet.scale.x(plan.today)] * 2, [sheet.y, sheet.y], TODAY, 5, gid="today"))
    sheet.y += 24 + 30


def _bands(sheet: _Sheet, bands: tuple[Band, ...]) -> None:
    """Each stage's name stands over the beginning of its band, on a row of its own where it would cover another."""
    spans = []
    for each in bands:
        wide = sheet.width(each.stage, SMALL, weight="bold")
        begin = min(sheet.scale.x(each.first) + 14, WIDTH - EDGE / 2 - wide)
        spans.append((begin, begin + wide))
    rows = flagged(spans)
    lines = max(rows, default=-1) + 1
    top = sheet.y + lines * ROW
    for each, (begin, _), row in zip(bands, spans, rows, strict=True):
        y = top - row * ROW - ROW / 2 - 4
        left, right = sheet.scale.x(each.first), max(sheet.scale.x(each.last), sheet.scale.x(each.first) + 8)
        colour = colour_of(each.stage)
        _box(sheet, left, top, right - left, BAND, colour, round_by=8, z=4)
        sheet.axes.add_line(_line([left + 3] * 2, [y + 4, top + 2], colour, 5, z=3))
        sheet.text(begin, y, each.stage, SMALL, colour, weight="bold", zorder=8, outlined=True)
    sheet.y = top + (BAND if bands else 0) + 22


def _events(sheet: _Sheet, plan: Plan) -> None:
    places = [sheet.scale.x(day_of_event(each) or plan.first) for each in plan.events]
    rows = packed([(x - BADGE, x + BADGE) for x in places], 6)
    from matplotlib.patches import Circle

    for number, (each, x, row) in enumerate(zip(plan.events, places, rows, strict=True), 1):
        y = sheet.y + BADGE + row * (2 * BADGE + 8)
        colour = colour_of(each.stage) if each.kind == "stage" else TODAY if each.kind == "moved" else "#6d737c"
        dark = each.kind == "stage"
        sheet.axes.add_patch(Circle((x, y), BADGE, facecolor=colour, edgecolor=GROUND, linewidth=2, zorder=8))
        sheet.text(x, y + 1, str(number), 28, "#1a1b1e" if dark else "#ffffff", weight="bold", ha="center", zorder=9)
    sheet.y += (max(rows, default=-1) + 1) * (2 * BADGE + 8) + 24


def _deadlines(sheet: _Sheet, deadlines: tuple[Due, ...], today: date) -> None:
    if not deadlines:
        return
    sheet.text(EDGE, sheet.y + 18, "Deadlines", BIG, BRIGHT, weight="bold", zorder=9, outlined=True)
    sheet.y += 18 + 62
    for each in deadlines:
        _deadline(sheet, each, today)


def _deadline(sheet: _Sheet, each: Due, today: date) -> None:
    from matplotlib.patches import FancyArrowPatch, Polygon

    colour = BRIGHT if each.ahead else FAINT
    day = f"{short(each.days[-1], today)}  "
    sheet.text(EDGE, sheet.y, day, SMALL, colour, weight="bold", zorder=9, outlined=True)
    wide = sheet.width(day, SMALL, weight="bold") + 6
    what = sheet.fitted(each.what, SMALL, WIDTH - 2 * EDGE - wide)
    sheet.text(EDGE + wide, sheet.y, what, SMALL, SOFT if each.ahead else FAINT, zorder=9, outlined=True)
    y = sheet.y + 66
    scale = sheet.scale
    begun = scale.x(each.told) if each.told else scale.x(each.days[0])
    ends = [scale.x(each) for each in each.days]
    strong = TODAY if each.ahead else "#6d737c"
    sheet.axes.add_line(_line([min([begun, *ends]), max([begun, *ends])], [y, y], strong, 5, z=4, alpha=0.55))
    for old, new in pairwise(ends):
        bend = min(0.3, 56 / max(1.0, abs(new - old))) * (-1 if new > old else 1)  # no higher than the words above
        sheet.axes.add_patch(
            FancyArrowPatch(
                (old, y - 10), (new, y - 10), connectionstyle=f"arc3,rad={bend:.3f}",
                arrowstyle="-|>,head_length=9,head_width=6", color=BRIGHT if each.ahead else SOFT, linewidth=3, zorder=7,
                shrinkA=0, shrinkB=6,
            )
        )  # fmt: skip
    for number, x in enumerate(ends):
        holds = number == len(ends) - 1
        half = 17 if holds else 12
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        face = (BRIGHT if each.ahead else SOFT) if holds else GROUND
        sheet.axes.add_patch(
            Polygon(corners, facecolor=face, edgecolor=GROUND if holds else FAINT, linewidth=3, zorder=6 + holds)
        )
    if not scale.holds(each.days[-1]):
        sheet.text(min(ends[-1] + 22, WIDTH - 20), y, "›", 44, colour, zorder=9)
    sheet.y = y + 60


def _axis(sheet: _Sheet, top: float) -> None:
    """Months under it all, faint lines up to the top, and the line of today."""
    bottom = sheet.y + 4
    scale = sheet.scale
    found = marks(scale, MOST_MARKS)
    for day, label in found:
        x = scale.x(day)
        sheet.axes.add_line(_line([x, x], [top + 40, bottom], RULE, 2, z=1))
        half = sheet.width(label, SMALL) / 2
        at = min(max(x, EDGE / 2 + half), WIDTH - EDGE / 2 - half)
        sheet.text(at, bottom + 28, label, SMALL, SOFT, ha="center")
    sheet.axes.add_line(_line([scale.left - 20, scale.right + 20], [bottom, bottom], RULE, 3, z=2))
    for each in sheet.axes.lines:
        if each.get_gid() == "today":
            each.set_ydata([top, bottom])
    years: dict[int, float] = {}
    for day, label in found:
        if not label.isdecimal():
            years.setdefault(day.year, scale.x(day))
    for year, x in years.items():
        half = sheet.width(str(year), SMALL, weight="bold") / 2
        at = min(max(x, EDGE / 2 + half), WIDTH - EDGE / 2 - half)
        sheet.text(at, bottom + 66, str(year), SMALL, FAINT, weight="bold", ha="center")
    sheet.y = bottom + (66 if years else 28) + 16


def _box(
    sheet: _Sheet, x: float, y: float, wide: float, high: float, colour: str, *, round_by: float, z: float = 3
) -> None:
    from matplotlib.patches import FancyBboxPatch

    radius = min(round_by, wide / 2, high / 2)
    sheet.axes.add_patch(
        FancyBboxPatch(
            (x + radius, y + radius), wide - 2 * radius, high - 2 * radius,
            boxstyle=f"round,pad={radius},rounding_size={radius}", facecolor=colour, edgecolor=GROUND, linewidth=1.5, zorder=z,
        )
    )  # fmt: skip


def _line(x: list[float], y: list[float], colour: str, wide: float, *, z: float = 2, **more: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D(x, y, color=colour, linewidth=wide * 72 / DPI, zorder=z, solid_capstyle="round", **more)
