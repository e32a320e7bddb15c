"""Scores the deadline layer on the invented deals that the reader is trained with, and their gold days.

``python -m tests.index.deadlines.stories [--misses] FILE …`` prints, for each deal and for all, how many distinct due days of a
deal's articles were found and how many of those found are right, and the same of (article, day) pairs. Only the first
figure of a deal that the grammar was not mended by says anything about others: docs/quality.md keeps those.
"""

import argparse
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from index.deadlines import find_deadlines
from index.reader.training.stories import FOLDER, Story, read_story
from tests.index.deadlines.fresh import Score


@dataclass(slots=True)
class Figures:
    """Of one deal, or of all: distinct days of the deal, and days by the article that tells them."""

    days: Score = field(default_factory=Score)
    pairs: Score = field(default_factory=Score)
    seconds: float = 0.0
    articles: int = 0

    def __iadd__(self, other: "Figures") -> "Figures":
        for mine, its in ((self.days, other.days), (self.pairs, other.pairs)):
            mine.right += its.right
            mine.found += its.found
            mine.hit += its.hit
            mine.gold += its.gold
            mine.misses += its.misses
        self.seconds += other.seconds
        self.articles += other.articles
        return self

    def __str__(self) -> str:
        return f"days {self.days} | article and day {self.pairs}"


def score(story: Story) -> Figures:
    figures = Figures(articles=len(story.articles))
    gold = {(id(story.article(due.label)), due.day) for due in story.dues}
    found: set[tuple[int, date]] = set()
    for told in story.articles:
        text = told.text
        began = time.process_time()
        marked = find_deadlines(text, told.day)
        figures.seconds += time.process_time() - began
        found |= {(id(told), each.due) for each in marked}
        for each in marked:
            if (id(told), each.due) not in gold:
                words = " ".join(text[each.sentence_start : each.sentence_end].split())
                figures.pairs.misses.append(
                    f"  made up {each.due} [{each.found.text}, {each.kind}] {told.day:%a} {told.day} | {words}"
                )
    for due in story.dues:
        told = story.article(due.label)
        if (id(told), due.day) not in found:
            sentence = told.sentences[due.label]
            figures.pairs.misses.append(
                f"  missed  {due.day} [{due.what}] {told.day:%a} {told.day} {due.label} | {sentence}"
            )
    figures.pairs.count({*map(str, found)}, {*map(str, gold)}, set(), "")  # type: ignore[arg-type]
    figures.days.count({day for _, day in found}, {day for _, day in gold}, set(), "")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.index.deadlines.stories", description="Score the deadlines of deals."
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="and what went wrong, beside its sentence")
    given = parser.parse_args()
    total = Figures()
    for file in given.files or sorted(FOLDER.glob("*.txt")):
        try:
            story = read_story(file)
        except ValueError as error:  # being written
            print(f"not read: {error}", file=sys.stderr)
            continue
        if not story.dues:  # told without its days due: there is nothing to hold against
            continue
        one = score(story)
        print(f"{file.stem}: {one}")
        if given.misses:
            print("\n".join(one.pairs.misses))
        total += one
    print(f"in all: {total} | {total.articles / max(total.seconds, 1e-9):.0f} articles a second")


if __name__ == "__main__":
    main()
