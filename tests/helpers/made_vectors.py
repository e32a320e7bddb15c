"""Vectors without a model: of texts, by their words; and many at once, in clusters as news has them."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.embed import Vectors
from index.terms import terms

DIMENSIONS = 64


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> bytes:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
    return np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32).tobytes()


class HashEmbedder:
    """Texts that share words have near vectors; the same text always has the same one."""

    name = "words"

    def embed(self, texts: Sequence[str]) -> Vectors:
        made = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            for word in terms(text) or [""]:
                made[row] += np.frombuffer(_of_word(word), np.float32)
        return _unit(made)

    embed_questions = embed


def clustered(number: int, dimensions: int, seed: int, *, clusters: int) -> Vectors:
    """Stories around topics that all lean one way, as sentences' vectors do. The clusters are always the same."""
    topics = np.random.default_rng(1).normal(size=(clusters, dimensions)) + 0.8
    random = np.random.default_rng(seed)
    near = topics[random.integers(clusters, size=number)] / np.sqrt(dimensions)
    return _unit((near + 0.7 * random.normal(size=(number, dimensions)) / np.sqrt(dimensions)).astype(np.float32))


def _unit(vectors: Vectors) -> Vectors:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
