"""Rivals to learn from: what search offers for a question side by side in one row, in the order in which it was said.

Owns which sentences stand in a row and how it is laid out. At use the reader reads windows, never such rows; taught beside
windows they make it weigh sentences against each other: a newer report against an older one, a plain statement
against one that only looks like it, for twelve sentences at the price of two windows.
"""

import math
import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.embed import with_context
from index.embed_quick import QuickEmbedder
from index.reader.network import Network
from index.reader.shipped import pack
from index.reader.tokens import CLS, MARKER, QUESTION_TOKENS, SEP, Row, Tokens, Words
from index.reader.training.batch import listwise
from index.reader.training.phrasing import channel
from index.reader.training.practice import PRACTICE, load_practice
from index.reader.training.stories import Question, Story, kept_apart, load_stories

OFFERED = 20  # by search, from the question's own story and
OTHERS = 4  # some others in the same index
SIZES = (3, 6)  # of a row, in sentences
HARD = 2  # how often one of ``practice/hard`` is met in a round; the others once
TITLE, SENTENCE = 12, 60  # tokens: a row of the longest fits the network's positions
NOISE, OLDER = 0.06, 0.07  # in cosine: how freely rivals are drawn, and how welcome is what held on an earlier day
REMOVED, BARE = 0.1, 0.1  # shares of rows whose answer is left out, and of those without titles


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, when and where it stands."""

    day: date
    article: tuple[int, int]  # story, article
    place: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    question: str
    said: tuple[Said, ...]
    likeness: tuple[float, ...]
    right: frozenset[int]  # of ``said``: what answers it
    older: frozenset[int]  # what answered it on an earlier day: these lose, where the answer stands beside them


def lessons(work: Path) -> list[Lesson]:
    """Of every question that may be trained on; a second call takes them from ``work``."""
    stored = work / "rivals.pickle"
    if stored.exists():
        # Our own file, written a few lines below.
        kept: list[Lesson] = pickle.loads(stored.read_bytes())  # noqa: S301
        return kept
    stories = [story for story in load_stories() if not kept_apart(story.slug)]
    said = [list(_said(number, story)) for number, story in enumerate(stories)]
    embedder = QuickEmbedder()
    vectors = [embedder.embed([with_context(each.text, each.title, each.day) for each in told]) for told in said]
    made = []
    for number, story in enumerate(stories):
        around = [(number + step) % len(stories) for step in range(OTHERS + 1)]
        offered = [each for n in around for each in said[n]]
        asked = _asked(story)
        likeness = (
            embedder.embed_questions([q.text for q, _, _ in asked]) @ np.concatenate([vectors[n] for n in around]).T
        )
        for (question, beside, times), row in zip(asked, likeness, strict=True):
            made += [_lesson(story, question, beside, offered, row.tolist())] * times
    stored.write_bytes(pickle.dumps(made))
    return made


def _said(number: int, story: Story) -> list[Said]:
    return [
        Said(told.day, (number, n), place, told.title, text)
        for n, told in enumerate(story.articles)
        for place, text in enumerate(told.sentences.values())
    ]


def _asked(story: Story) -> list[tuple[Question, tuple[str, ...], int]]:
    """Each question, what stands beside its answer, and how often it is met."""
    return [
        *((question, (), 1) for question in story.questions),
        *((each.question, each.beside, 1) for each in load_practice(story)),
        *((each.question, each.beside, HARD) for each in load_practice(story, PRACTICE / "hard")),
    ]


def _lesson(
    story: Story, question: Question, beside: Sequence[str], offered: Sequence[Said], likeness: Sequence[float]
) -> Lesson:
    gold = {story.quote(label) for run in question.labels for label in run.split("+")}
    spared = {story.quote(label) for label in beside} - gold
    newest = max((each.day for each in offered if each.text in gold), default=None)
    may = [n for n, each in enumerate(offered) if question.as_of is None or each.day <= question.as_of]
    best = sorted(may, key=lambda n: likeness[n], reverse=True)[:OFFERED]
    best += [n for n in may if offered[n].text in gold and n not in best]
    held = [n for n in best if offered[n].text not in spared or (newest and offered[n].day < newest)]
    told = tuple(offered[n] for n in held)
    return Lesson(
        question.text,
        told,
        tuple(likeness[n] for n in held),
        frozenset(n for n, each in enumerate(told) if each.text in gold),
        frozenset(n for n, each in enumerate(told) if each.text in spared),
    )


def drawn(lesson: Lesson, dice: random.Random) -> list[int]:
    """Some of its sentences in the order in which they were said: what answers, unless it is left out, and rivals."""
    right = sorted(lesson.right) if dice.random() >= REMOVED else []
    kept = dice.sample(right, min(len(right), dice.randint(1, 2)))

    def chance(n: int) -> float:
        luck = -math.log(-math.log(dice.uniform(1e-9, 1 - 1e-9)))
        return lesson.likeness[n] + NOISE * luck + OLDER * (n in lesson.older)

    wrong = [n for n in range(len(lesson.said)) if n not in lesson.right and (right or n not in lesson.older)]
    wrong.sort(key=chance, reverse=True)
    chosen = kept + wrong[: dice.randint(*SIZES) - len(kept)]
    return sorted(chosen, key=lambda n: (lesson.said[n].day, lesson.said[n].article, lesson.said[n].place))


def row_of(tokens: Tokens, question: str, told: Sequence[Said], titled: bool) -> Row:
    """`[CLS] question [SEP] title ▸sentence, how much later: title ▸sentence … [SEP]`; an article's title stands once."""
    ids = [CLS, *tokens.words(question).ids[:QUESTION_TOKENS], SEP]
    head = len(ids)
    markers: list[int] = []
    words: list[Words] = []
    for before, each in pairwise([None, *told]):
        assert each is not None
        if before is None or before.article != each.article:
            ids += tokens.words(later(before.day, each.day)).ids if before else ()
            ids += tokens.words(each.title).ids[:TITLE] if titled else ()
        found = tokens.words(each.text)
        words.append(Words(found.ids[:SENTENCE], found.offsets[:SENTENCE]))
        markers.append(len(ids))
        ids += [MARKER, *words[-1].ids]
    ids.append(SEP)
    return Row(ids, [0] * head + [1] * (len(ids) - head), markers, words)


def later(day: date, other: date) -> str:
    days = (other - day).days
    for size, name in ((365, "years"), (30, "months"), (7, "weeks"), (1, "days")):
        if days >= 2 * size:
            return f"{days // size} {name} later:"
    return "1 day later:" if days else "same day:"


def loss_of(network: Network, tokens: Tokens, chosen: Sequence[Lesson], dice: random.Random) -> Tensor:
    """Listwise over each row's sentences with the null option; each told apart; does anything in the row answer."""
    rows: list[tuple[Row, list[bool]]] = []
    for lesson in chosen:
        picked = drawn(lesson, dice)
        told = [lesson.said[n] for n in picked]
        laid = row_of(tokens, channel(lesson.question, dice), told, dice.random() >= BARE)
        rows.append((laid, [n in lesson.right for n in picked]))
    rows.sort(key=lambda each: len(each[0].ids))
    half = len(rows) // 2
    scores = [network(pack([row for row, _ in part])) for part in (rows[:half], rows[half:])]
    starts = np.cumsum([0] + [len(row.ids) for row, _ in rows])
    places = [int(start) + marker for start, (row, _) in zip(starts, rows, strict=False) for marker in row.markers]
    evidence = torch.cat([each.evidence for each in scores])[places]
    right = torch.tensor([is_right for _, told in rows for is_right in told])
    group = torch.tensor([n for n, (_, told) in enumerate(rows) for _ in told])
    held = torch.tensor([float(any(told)) for _, told in rows])
    apart = functional.binary_cross_entropy_with_logits(evidence, right.float(), reduction="none")
    weight = torch.where(right, 0.5 / right.sum().clamp_min(1), 0.5 / (~right).sum().clamp_min(1))
    answerable = torch.cat([each.answerable for each in scores])
    return (
        listwise(evidence, right, group, len(rows))
        + 0.5 * (apart * weight).sum()
        + 0.5 * functional.binary_cross_entropy_with_logits(answerable, held)
    )
