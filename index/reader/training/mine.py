"""Hard negatives: the sentences of other texts that hybrid retrieval would offer for a question.

Owns likeness over the pooled corpus. Must not offer a sentence that may hold the answer after all: those
with an answer's words in them, and those far more alike than the gold sentence, are thrown out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress
from scipy import sparse  # type: ignore[import-untyped]
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]

Floats = NDArray[np.float32]


def embed(texts: Sequence[str], model: str, cache: Path) -> Floats:
    """Unit vectors of the texts, remembered in ``cache``."""
    if cache.exists():
        stored: Floats = np.load(cache)
        if len(stored) == len(texts):
            return stored
    encoder = SentenceTransformer(model, device="cpu")
    encoder.max_seq_length = 96
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    found = np.zeros((len(texts), 384), np.float32)
    with Progress(transient=True) as bar:
        task = bar.add_task("embedding", total=len(texts))
        for at in range(0, len(texts), 512):
            batch = order[at : at + 512]
            found[batch] = encoder.encode([texts[n] for n in batch], batch_size=64, normalize_embeddings=True)
            bar.advance(task, len(batch))
    np.save(cache, found)
    return found


class Bm25:
    """Okapi BM25 (k1 1.2, b 0.75) over sentences; words in over a tenth of them count for nothing."""

    def __init__(self, texts: Sequence[str], rare: float = 0.1) -> None:
        self._counter = CountVectorizer(max_df=rare, dtype=np.float32, token_pattern=r"(?u)\b\w+\b")  # noqa: S106
        counts = self._counter.fit_transform(texts).tocsr()
        length = np.maximum(np.asarray(counts.sum(1)).ravel(), 1.0)
        held = np.asarray((counts > 0).sum(0)).ravel()
        idf = np.log(1 + (len(texts) - held + 0.5) / (held + 0.5))
        rows = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
        weight = counts.data * 2.2 / (counts.data + 1.2 * (0.25 + 0.75 * length[rows] / length.mean()))
        counts.data = (weight * idf[counts.indices]).astype(np.float32)
        self._columns = counts.T.tocsr()

    def scores(self, questions: Sequence[str]) -> Floats:
        asked = sparse.csr_matrix(self._counter.transform(questions) > 0, dtype=np.float32)
        dense: Floats = np.asarray((asked @ self._columns).todense(), np.float32)
        return dense


def hybrid(question_vectors: Floats, questions: Sequence[str], vectors: Floats, bm25: Bm25) -> Floats:
    """Cosine plus half of BM25 over its best, a row a question and a column a sentence."""
    lexical = bm25.scores(questions)
    best = np.maximum(lexical.max(1, keepdims=True), 1e-6)
    mixed: Floats = question_vectors @ vectors.T + 0.5 * lexical / best
    return mixed


def mine(
    questions: Sequence[str],
    question_vectors: Floats,
    own: Sequence[int],
    answers: Sequence[Sequence[str]],
    gold: Sequence[Sequence[int]],
    sentences: Sequence[str],
    vectors: Floats,
    owner: NDArray[np.int64],
    keep: int = 12,
) -> list[list[int]]:
    """For each question up to ``keep`` sentences of texts other than its ``own``, hardest first."""
    bm25 = Bm25(sentences)
    lowered = [" ".join(re.findall(r"\w+", s.lower())) for s in sentences]
    found: list[list[int]] = []
    with Progress(transient=True) as bar:
        task = bar.add_task("mining", total=len(questions))
        for at in range(0, len(questions), 256):
            block = slice(at, at + 256)
            scores = hybrid(question_vectors[block], questions[block], vectors, bm25)
            likely = np.argpartition(-scores, 60, axis=1)[:, :60]
            for row, columns in enumerate(likely):
                n = at + row
                top = max((scores[row, g] for g in gold[n]), default=2.0)
                barred = [" ".join(re.findall(r"\w+", a.lower())) for a in answers[n]]
                ranked = columns[np.argsort(-scores[row, columns])]
                found.append(
                    [
                        int(c)
                        for c in ranked
                        if owner[c] != own[n]
                        and scores[row, c] < top + 0.15
                        and not any(b and f" {b} " in f" {lowered[c]} " for b in barred)
                    ][:keep]
                )
            bar.advance(task, scores.shape[0])
    return found
