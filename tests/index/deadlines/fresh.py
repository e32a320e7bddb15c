"""Scores the grammar on sentences and articles that were written, with their gold, before it ever read them.

``python -m tests.index.deadlines.fresh first`` prints the figures, with ``--misses`` also what went wrong. Once the
grammar has been mended by a set it is no longer unseen: docs/quality.md keeps what the first run printed.
"""

import calendar
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from index.dates import FoundDate, calendar_span, find_dates
from index.deadlines import find_deadlines, mark

HERE = Path(__file__).parent


@dataclass(slots=True)
class Score:
    """Of ``found`` things ``right`` were right, of ``gold`` ones ``hit`` were found."""

    right: int = 0
    found: int = 0
    hit: int = 0
    gold: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.hit / max(1, self.gold)

    def __str__(self) -> str:
        return f"precision {self.right}/{self.found} = {self.precision:.2f}, recall {self.hit}/{self.gold} = {self.recall:.2f}"

    def count(self, got: set[date], due: set[date], allowed: set[date], told: str) -> None:
        self.right += len(got & (due | allowed))
        self.found += len(got)
        self.hit += len(got & due)
        self.gold += len(due)
        made_up, missed = got - due - allowed, due - got
        if made_up or missed:
            self.misses.append(f"{_days('made up', made_up)}{_days('missed', missed)}{told}")


def _days(word: str, days: set[date]) -> str:
    return f"{word} {', '.join(map(str, sorted(days)))} | " if days else ""


def _lines(file: Path) -> list[str]:
    """None where the set has no such part."""
    return file.read_text("utf-8").splitlines() if file.exists() else []


def sentences(name: str) -> Iterator[tuple[date, set[date], set[date], str]]:
    """Day of publication, days due, days that may be noted, sentence."""
    published = date.min
    for line in _lines(HERE / f"fresh_{name}.txt"):
        if line.startswith("@"):
            published = date.fromisoformat(line.split()[1])
        elif line.strip() and not line.startswith("#"):
            days, text = line.split(" | ", 1)
            told = [] if days == "-" else days.split(",")
            due = {date.fromisoformat(each) for each in told if each[0] != "?"}
            yield published, due, {date.fromisoformat(each[1:]) for each in told if each[0] == "?"}, text


def articles(name: str) -> Iterator[tuple[date, set[date], set[date], str]]:
    for block in re.split(r"^@ ", "\n".join(_lines(HERE / f"fresh_articles_{name}.txt")), flags=re.M)[1:]:
        head, *lines = block.splitlines()
        day, _, title = head.split(" | ")
        gold = [line for line in lines if line.startswith("=")]
        body = "\n".join(line for line in lines if not line.startswith("="))
        due = {date.fromisoformat(line.split()[1]) for line in gold if not line.startswith("=?")}
        allowed = {date.fromisoformat(line.split()[1]) for line in gold if line.startswith("=?")}
        yield date.fromisoformat(day.split()[0]), due, allowed, f"{title}\n\n{body.strip()}"


def newswire(name: str) -> Iterator[tuple[date, list[tuple[str, str]], str]]:
    published = date.min
    for line in (HERE.parent / "dates" / f"fresh_newswire_{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            published = date.fromisoformat(line.split()[1])
        elif line.strip() and not line.startswith("#"):
            wanted, text = line.split(" | ", 1)
            yield published, [tuple(pair.rsplit("=", 1)) for pair in wanted.split("; ")], text  # type: ignore[misc]


def last_day(value: str) -> date | None:
    """The last day of a TIMEX3 value's span; None for a duration, a set or a vague word."""
    if match := re.match(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(match[0])
    if match := re.match(r"(\d{4})-W(\d\d)", value):
        return date.fromisocalendar(int(match[1]), int(match[2]), 7)
    months = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12, "SP": 5, "SU": 8, "FA": 11}
    if value.endswith("-WI"):
        return date(int(value[:4]) + 1, 2, calendar.monthrange(int(value[:4]) + 1, 2)[1])
    if match := re.fullmatch(r"(\d{4})-(\w\w)", value):
        month = months.get(match[2]) or int(match[2])
        return date(int(match[1]), month, calendar.monthrange(int(match[1]), month)[1])
    if re.fullmatch(r"\d{2,4}", value):
        tail = 10 ** (4 - len(value))
        return (
            date(int(value) * tail, 12, 31) + timedelta(0) if tail == 1 else date(int(value) * tail + tail - 1, 12, 31)
        )
    return None


def score_sentences(name: str) -> Score:
    score = Score()
    for published, due, allowed, text in sentences(name):
        # As ``dealwire dates`` does: somebody's own aim counts.
        got = {each.due for _, each in mark(text, published, hoped=True) if each}
        score.count(got, due, allowed, text)
    return score


def score_articles(name: str) -> Score:
    score = Score()
    for published, due, allowed, text in articles(name):
        found = find_deadlines(text, published)
        score.count({each.due for each in found}, due, allowed, text.split("\n")[0])
        for each in found:
            if each.due not in due | allowed:
                score.misses.append(f"    {each.due} {text[each.sentence_start : each.sentence_end]}")
    return score


def score_newswire(name: str) -> tuple[Score, Score]:
    """By TIMEX3 value, and by last day alone among the gold expressions that have one."""
    values, days = Score(), Score()
    for published, wanted, text in newswire(name):
        found = find_dates(text, published)
        values.found += len(found)
        taken: set[int] = set()
        for words, value in wanted:
            low = text.index(words)
            near = [
                each for each in found if each.start < low + len(words) and low < each.end and each.start not in taken
            ]
            best = max(near, key=lambda each: min(each.end, low + len(words)) - max(each.start, low), default=None)
            taken |= {best.start} if best else set()
            right = best is not None and same_value(best, value)
            values.gold += 1
            values.hit += right
            values.right += right
            if last_day(value):
                days.gold += 1
                days.hit += best is not None and calendar_span(best)[1] == last_day(value)
            if not right:
                values.misses.append(f"{words}={value}, read {(best.text, best.value) if best else None} | {text}")
        extra = [each.text for each in found if each.start not in taken]
        if extra:
            values.misses.append(f"not in the gold: {extra} | {text}")
    return values, days


def same_value(found: FoundDate, value: str) -> bool:
    """Parts of days are days here, and ten years a decade."""
    plain = re.sub(r"(?<=\d\d-\d\d)T\w.*", "", found.value).replace("P1DE", "P10Y")
    gold = re.sub(r"(?<=\d\d-\d\d)T\w.*", "", value)
    return plain == gold.replace("P1DE", "P10Y")


if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if not word.startswith("-")]:
        values, days = score_newswire(name)
        scores = {"sentences": score_sentences(name), "articles": score_articles(name), "values": values}
        f1 = 2 * values.precision * values.recall / max(0.01, values.precision + values.recall)
        for what, score in scores.items():
            if not score.gold:
                continue
            print(f"{name}, {what}: {score}")
            if "--misses" in sys.argv:
                print("\n".join(score.misses))
        print(f"{name}, values: F1 {f1:.2f}; last day right {days.hit}/{days.gold} = {days.recall:.2f}")
