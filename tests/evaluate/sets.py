"""Deals with gold answers, read from a folder: articles, questions, deadlines, stages.

A set is a folder with a folder a deal: ``deal.json``, ``articles/``, ``questions.jsonl``, ``deadlines.jsonl``,
``status.jsonl``. The sample corpus is one more set, with its questions in ``tests/seed_questions.jsonl``.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.reader.training.stories import kept_apart, load_stories, write_set

TESTS = Path(__file__).parent.parent
SEEDS = TESTS.parent / "seeds"
_WORD = re.compile(r"\w+(?:[.,:/’'-]\w+)*")


@dataclass(frozen=True)
class Gold:
    """One question with what a careful reader would answer."""

    id: str
    kind: str
    question: str
    as_of: date | None
    answerable: bool
    due: date | None  # for “when” questions
    answers: tuple[str, ...]
    quotes: tuple[str, ...]  # any one will do; for a conflict, those of both sides


@dataclass(frozen=True)
class GoldSet:
    folders: tuple[Path, ...]  # of articles, all of them in one index
    questions: tuple[Gold, ...]


def load_set(folder: Path) -> GoldSet:
    deals = sorted(path.parent for path in folder.glob("*/questions.jsonl"))
    noise = [folder / "noise" / "articles"] if (folder / "noise" / "articles").is_dir() else []
    questions = [gold for deal in deals for gold in _questions(deal / "questions.jsonl", f"{deal.name}/")]
    return GoldSet((*(deal / "articles" for deal in deals), *noise), tuple(questions))


def seeds() -> GoldSet:
    return GoldSet((SEEDS,), tuple(_questions(TESTS / "seed_questions.jsonl", "seeds/")))


def apart(under: Path) -> GoldSet:
    """The invented deals that no reader is trained on, written out below ``under``."""
    folder = under / "apart"
    write_set([story for story in load_stories() if kept_apart(story.slug)], folder)
    return load_set(folder)


def is_evidence(quote: str, gold: Gold) -> bool:
    """It holds four fifths of a gold quote's words and little else, or a short answer from inside one."""
    return any(same_passage(quote, each, gold.answers) for each in gold.quotes)


def same_passage(quote: str, gold: str, answers: tuple[str, ...] = ()) -> bool:
    ours, theirs = _words(quote), _words(gold)
    shared = (Counter(ours) & Counter(theirs)).total()
    if theirs and ours and shared >= 0.8 * len(theirs) and shared >= 0.5 * len(ours):
        return True
    said = " ".join(ours)
    return said in " ".join(theirs) and any(" ".join(_words(answer)) in said for answer in answers)


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _questions(path: Path, prefix: str) -> list[Gold]:
    return [_gold(json.loads(line), prefix) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _gold(row: dict[str, Any], prefix: str) -> Gold:
    return Gold(
        id=f"{prefix}{row['id']}",
        kind=row["type"],
        question=row["question"],
        as_of=date.fromisoformat(row["as_of"]) if row.get("as_of") else None,
        answerable=row["answerable"],
        due=date.fromisoformat(row["date"]["end"]) if row.get("date") else None,
        answers=tuple(row["answer"]),
        quotes=tuple(each["quote"] for each in row["evidence"]),
    )
