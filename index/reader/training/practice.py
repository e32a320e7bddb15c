"""Many more questions on the invented deals, for training alone: nearly every sentence is asked about twice.

Owns the form of ``practice/*.txt``, a file for a story of the same name, a line for a question::

    when | when does halden have to sign | a3 | the end of June | a1
    unanswerable | what does the port pay its lawyers | -

The fields: kind, question, sentences each of which answers it, short answers in the article's words, and sentences
that must not stand against it: they answered it on another day, or half of it. The last two may be missing.
In ``practice/hard`` are those on deals whose articles are full of sentences that look like the answer.
``python -m index.reader.training.practice`` checks the files.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from index.reader.training.stories import FOLDER, KINDS, Question, Story, kept_apart, read_story

PRACTICE = Path(__file__).parent / "practice"
_FIELDS = range(3, 6)


@dataclass(frozen=True, slots=True)
class Practice:
    question: Question
    beside: tuple[str, ...]  # sentences that neither answer it now nor may stand against it


def read_practice(file: Path, story: Story) -> list[Practice]:
    """Raises ValueError, with the line's number, for what is not in the form or breaks its rules."""
    found = []
    labels = {label for told in story.articles for label in told.sentences}
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_take(line, labels, story))
        except ValueError as error:
            raise ValueError(f"{file.name}:{number}: {error}: {line[:70]}") from error
    return found


def _take(line: str, labels: set[str], story: Story) -> Practice:
    fields = [field.strip() for field in line.split(" | ")]
    if len(fields) not in _FIELDS:
        raise ValueError(f"{len(fields)} fields, 3 to 5 expected")
    kind, asked, gold, answers, beside = [*fields, "-", "-"][:5]
    if kind not in KINDS:
        raise ValueError(f"no kind {kind}")
    named, near = _listed(gold, None), _listed(beside, None)
    told = [label for run in named for label in run.split("+")]
    if unknown := {*told, *near} - labels:
        raise ValueError(f"no sentence {', '.join(sorted(unknown))}")
    if (kind == "unanswerable") != (not named):
        raise ValueError("only what nothing answers has no sentence")
    short = _listed(answers, ";")
    for answer in short:
        if not any(answer in story.quote(run) for run in named):
            raise ValueError(f"“{answer}” stands in none of its sentences, to the letter")
    return Practice(Question(kind, asked, named, short, None, None), near)


def _listed(field: str, between: str | None) -> tuple[str, ...]:
    return () if field == "-" else tuple(each.strip() for each in field.split(between) if each.strip())


def load_practice(story: Story, folder: Path = PRACTICE) -> list[Practice]:
    """None for a story that is kept apart, whatever there is."""
    file = folder / f"{story.slug}.txt"
    return read_practice(file, story) if file.exists() and not kept_apart(story.slug) else []


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.reader.training.practice", description="Check the files.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--stories", type=Path, default=FOLDER, help="where the stories of the same names are")
    given = parser.parse_args()
    wrong = total = 0
    for file in given.files or sorted(PRACTICE.rglob("*.txt")):
        try:
            story = read_story(given.stories / file.name)
            asked = read_practice(file, story)
        except (ValueError, OSError) as error:
            print(error, file=sys.stderr)
            wrong += 1
            continue
        met = {label for each in asked for run in each.question.labels for label in run.split("+")}
        every = sum(len(told.sentences) for told in story.articles)
        print(f"{file.stem}: {len(asked)} questions, {len(met)} of {every} sentences asked about")
        total += len(asked)
    print(f"{total} questions, {wrong} files with problems")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
