"""Drafts and passages for tests of the store, without reading or splitting anything."""

import numpy as np

from index.models import Draft
from index.store.articles import NewPassage
from index.terms import terms
from tests.helpers.made_vectors import HashEmbedder


def draft(number: int = 1, **fields: object) -> Draft:
    told: dict[str, object] = {
        "text": f"Arvena buys ship {number}. The price is 12.5 million.",
        "title": f"Ship {number}",
        "source": "The Quay Post",
        "origin": f"/news/{number}.md",
    }
    return Draft.model_validate(told | fields)


def passages(text: str) -> list[NewPassage]:
    """One a sentence; sentences end with a full stop and a space."""
    made, start = [], 0
    for part in text.split(". "):
        end = min(start + len(part) + 1, len(text))
        words = text[start:end]
        vector = HashEmbedder().embed([words])[0]
        made.append(NewPassage(start, end, " ".join(terms(words)), vector.astype("<f4").tobytes()))
        start = end + 1
    return made


def vector_of(words: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return HashEmbedder().embed([words])[0]
