"""From the data folder to a pool of questions with their mined negatives, remembered in the work folder.

Owns what is done once before training. Texts kept apart are in no pool, neither as gold nor as negative.
"""

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.reader.training.data import Asked, Text, held_out, read
from index.reader.training.mine import embed, mine

PER_QAMR_SENTENCE = 12  # of some 36 questions each: they repeat one another


@dataclass(frozen=True, slots=True)
class Example:
    text: int
    asked: Asked
    gold: list[int]  # sentences of its text
    mined: list[tuple[int, int]]  # (text, sentence), hardest first
    beside: frozenset[tuple[int, int]] = frozenset()  # (text, sentence) that must neither win nor lose


@dataclass(frozen=True, slots=True)
class Pool:
    texts: list[Text]
    examples: list[Example]


def usable(text: Text) -> list[Asked]:
    asked = text.asked
    if text.source.startswith("qamr"):
        asked = asked[:: max(1, len(asked) // PER_QAMR_SENTENCE)][:PER_QAMR_SENTENCE]
    return [a for a in asked if text.holding(a) or not a.answerable]


def prepare(data: Path, work: Path, model: str) -> Pool:
    """The pool to train on; a second call takes it from ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    stored = work / "pool.pickle"
    if stored.exists():
        # Our own file, written a few lines below.
        pool: Pool = pickle.loads(stored.read_bytes())  # noqa: S301
        return pool
    texts = [t for t in read(data) if t.sentences and not held_out(t.text)]
    where = [(n, s) for n, t in enumerate(texts) for s in range(len(t.sentences))]
    firsts = np.cumsum([0] + [len(t.sentences) for t in texts])
    sentences = [texts[n].sentence(s) for n, s in where]
    asked = [(n, a) for n, t in enumerate(texts) for a in usable(t)]
    questions = [a.question for _, a in asked]
    gold = [texts[n].holding(a) for n, a in asked]
    vectors = embed(sentences, model, work / "sentences.npy")
    mined = mine(
        questions,
        embed(questions, model, work / "questions.npy"),
        own=[n for n, _ in asked],
        answers=[[texts[n].text[a:b] for a, b in q.spans] for n, q in asked],
        gold=[[int(firsts[n]) + s for s in g] for (n, _), g in zip(asked, gold, strict=True)],
        sentences=sentences,
        vectors=vectors,
        owner=np.array([n for n, _ in where]),
    )
    examples = [Example(n, a, g, [where[m] for m in ms]) for (n, a), g, ms in zip(asked, gold, mined, strict=True)]
    pool = Pool(texts, examples)
    stored.write_bytes(pickle.dumps(pool))
    return pool
