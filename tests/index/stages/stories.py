"""Scores the stages on the invented deals that the reader is trained with, and their gold.

``python -m tests.index.stages.stories [--misses] FILE …`` prints on how many of the days of a deal's articles the stage
is the gold one. The forms were mended by what they missed here; docs/quality.md keeps the figures of deals as first read.
"""

import argparse
from pathlib import Path

from index.reader.training.stories import FOLDER, Story, read_story
from index.stages.course import Told, course
from index.stages.find import find_sightings


def score(story: Story) -> tuple[list[bool], list[str]]:
    """One verdict a day on which an article came, and what went wrong."""
    articles = sorted(enumerate(story.articles), key=lambda each: each[1].day)
    told = [
        Told(sighting, number, number, article.day)
        for number, article in articles
        for sighting in find_sightings(article.text, article.day, article.title)
    ]
    hits, misses = [], []
    for day in sorted({article.day for _, article in articles}):
        gold = max((each for each in story.stages if each.day <= day), key=lambda each: each.day, default=None)
        if gold is None:
            continue
        got = course(each for each in told if each.published and each.published <= day).stage
        hits.append(got == gold.stage)
        if got != gold.stage:
            misses.append(f"  {day}: {got}, not {gold.stage} | {story.quote(gold.label)}")
    return hits, misses


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.index.stages.stories", description="Score the stages of deals."
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="and what went wrong, beside the gold sentence")
    given = parser.parse_args()
    total: list[bool] = []
    for file in given.files or sorted(FOLDER.glob("*.txt")):
        hits, misses = score(read_story(file))
        print(f"{file.stem}: {sum(hits)}/{len(hits)}")
        if given.misses:
            print("\n".join(misses))
        total += hits
    print(f"in all: {sum(total)}/{len(total)} = {sum(total) / max(1, len(total)):.2f}")


if __name__ == "__main__":
    main()
