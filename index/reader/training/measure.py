"""Figures on the texts kept apart: right sentence, answerable or not, span.

Owns how they are counted, through the same ``Reader.read`` that the product uses. Must see no text that
was trained on.
"""

import random
import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from index.reader.shape import Candidate, Reader, Reading
from index.reader.training.data import Asked, Text, held_out, read
from index.reader.training.mine import Bm25, embed, hybrid

SPAN = 0.3  # of the span score is added to the evidence score
OFFERED = 16
PER_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Case:
    text: int
    asked: Asked
    gold: frozenset[int]  # sentences of the pool
    offered: list[int]
    base: list[float]


@dataclass(frozen=True, slots=True)
class Kept:
    texts: list[Text]
    where: list[tuple[int, int]]
    cases: list[Case]

    def candidate(self, n: int) -> Candidate:
        number, s = self.where[n]
        text = self.texts[number]
        last = len(text.sentences) - 1
        return Candidate(
            text.title,
            text.sentence(s - 1) if s else "",
            text.sentence(s),
            text.sentence(s + 1) if s < last else "",
        )


def keep_apart(data: Path, work: Path, model: str, per_source: int = PER_SOURCE) -> Kept:
    """The held-out texts as one corpus, and for a sample of their questions the likeliest sentences."""
    work.mkdir(parents=True, exist_ok=True)
    texts = [t for t in read(data) if t.sentences and held_out(t.text)]
    where = [(n, s) for n, t in enumerate(texts) for s in range(len(t.sentences))]
    first = {pair: n for n, pair in enumerate(where)}
    sentences = [texts[n].sentence(s) for n, s in where]
    asked: list[tuple[int, Asked]] = []
    for source in sorted({t.source for t in texts}):
        some = [(n, a) for n, t in enumerate(texts) if t.source == source for a in t.asked]
        some = [(n, a) for n, a in some if not a.answerable or texts[n].holding(a)]
        asked += random.Random(9).sample(some, min(per_source, len(some)))  # noqa: S311
    questions = [a.question for _, a in asked]
    vectors = embed(sentences, model, work / "held-sentences.npy")
    scores = hybrid(embed(questions, model, work / "held-questions.npy"), questions, vectors, Bm25(sentences))
    cases = []
    for (n, a), row in zip(asked, scores, strict=True):
        top = [int(c) for c in np.argsort(-row)[:OFFERED]]
        gold = frozenset(first[n, s] for s in texts[n].holding(a))
        cases.append(Case(n, a, gold, top, [float(row[c]) for c in top]))
    return Kept(texts, where, cases)


def normal(text: str) -> list[str]:
    """SQuAD's normal form: lower case, no punctuation, no articles."""
    plain = "".join(c for c in text.lower() if c not in string.punctuation + "’‘“”–")
    return re.sub(r"\b(a|an|the)\b", " ", plain).split()


def exact_and_f1(found: str, answers: Sequence[str]) -> tuple[float, float]:
    best = (0.0, 0.0)
    got = normal(found)
    for answer in answers:
        gold = normal(answer)
        shared = sum((Counter(got) & Counter(gold)).values())
        f1 = 2 * shared / (len(got) + len(gold)) if shared else float(got == gold)
        best = max(best[0], float(got == gold)), max(best[1], f1)
    return best


def ranked(readings: Sequence[Reading]) -> list[float]:
    return [r.evidence + SPAN * r.span_score for r in readings]


def measure(reader: Reader, kept: Kept, console: Console | None = None) -> dict[str, dict[str, float]]:
    """Per source and for all: evidence@1/@3 pooled, base @1, @1 in the gold paragraph, spans, AUROCs."""
    rows: dict[str, list[tuple[str, float]]] = {}
    truth: dict[str, list[tuple[str, bool, float]]] = {}
    first_of: dict[int, int] = {}
    for n, (number, _) in enumerate(kept.where):
        first_of.setdefault(number, n)
    for case in track(kept.cases, "measuring", console=console, transient=True):
        text = kept.texts[case.text]
        note = rows.setdefault(text.source, [])
        tell = truth.setdefault(text.source, [])
        readings = reader.read(case.asked.question, [kept.candidate(n) for n in case.offered])
        scores = ranked(readings)
        order = sorted(range(len(scores)), key=lambda n: -scores[n])
        for kind, by in (
            ("evidence", [r.evidence for r in readings]),
            ("answerable", [r.answerable for r in readings]),
            ("mixed", scores),
        ):
            tell.append((kind, case.asked.answerable, max(by)))
            if case.asked.answerable:
                # The same question when its own text is not in the corpus: nothing answers it.
                left = [s for s, n in zip(by, case.offered, strict=True) if kept.where[n][0] != case.text]
                tell.append((kind + " text removed", True, max(by)))
                tell.append((kind + " text removed", False, max(left)))
        if not case.asked.answerable:
            continue
        best = [case.offered[n] for n in order]
        note.append(("offered", float(any(n in case.gold for n in case.offered))))
        note.append(("pooled@1 hybrid alone", float(case.offered[0] in case.gold)))
        note.append(("pooled@1", float(best[0] in case.gold)))
        note.append(("pooled@3", float(any(n in case.gold for n in best[:3]))))
        one = max(range(len(readings)), key=lambda n: readings[n].evidence)
        note.append(("pooled@1 evidence only", float(case.offered[one] in case.gold)))
        paragraph = [first_of[case.text] + s for s in range(len(text.sentences))]
        readings = reader.read(case.asked.question, [kept.candidate(n) for n in paragraph])
        scores = ranked(readings)
        top = max(range(len(scores)), key=scores.__getitem__)
        note.append(("paragraph@1", float(paragraph[top] in case.gold)))
        span = readings[top].span
        found = text.sentence(top)[span[0] : span[1]] if span else ""
        exact, f1 = exact_and_f1(found, [text.text[a:b] for a, b in case.asked.spans])
        note += [("span exact", exact), ("span F1", f1)]
    return _table(rows, truth)


def _table(
    rows: dict[str, list[tuple[str, float]]], truth: dict[str, list[tuple[str, bool, float]]]
) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for source in [*sorted(rows), "all"]:
        mine = rows.get(source) or [pair for name, pairs in rows.items() if name != "qamr" for pair in pairs]
        seen = truth.get(source) or [row for name, part in truth.items() if name != "qamr" for row in part]
        table[source] = {
            name: float(np.mean([v for k, v in mine if k == name])) for name in dict.fromkeys(k for k, _ in mine)
        }
        for kind in dict.fromkeys(k for k, _, _ in seen):
            right = [(t, s) for k, t, s in seen if k == kind]
            if len({t for t, _ in right}) == 2:
                table[source]["AUROC " + kind] = float(roc_auc_score([t for t, _ in right], [s for _, s in right]))
    return table
