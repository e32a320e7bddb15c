"""Made articles and made vectors, the same in every run: enough of them to measure with."""

import random
from datetime import date, timedelta

import numpy as np

from index.embed import Vectors
from index.models import Draft

_PARTIES = ("Arvena", "Belmoor", "Corlund", "Drostan", "Elverance", "Farrowdale", "Gantry & Pole", "Hollin Rail")
_ACTS = ("sign", "ratify", "amend", "publish", "withdraw", "approve", "contest", "finance")
_THINGS = ("grain accord", "port concession", "spectrum licence", "rail merger", "water treaty", "turbine contract")
_SAID = ("said", "told reporters", "wrote in a notice", "confirmed", "insisted", "conceded")


def articles(number: int, sentences: int = 20, seed: int = 7) -> list[Draft]:
    """``number`` articles of about 3,000 characters, no two alike."""
    chance = random.Random(seed)
    return [_article(chance, n, sentences, seed) for n in range(number)]


def _article(chance: random.Random, number: int, sentences: int, seed: int) -> Draft:
    thing, party, other = chance.choice(_THINGS), *chance.sample(_PARTIES, 2)
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(600))
    lines = []
    for n in range(sentences):
        due = day + timedelta(days=chance.randrange(5, 200))
        lines.append(
            f"{chance.choice(_PARTIES)} {chance.choice(_SAID)} that it would {chance.choice(_ACTS)} clause"
            f" {chance.randrange(1, 900)} of the {thing} by {due.day} {due:%B %Y}, provided that {other} paid"
            f" {chance.randrange(2, 990)} million crowns into account {chance.randrange(10_000)}-{n}."
        )
    paragraphs = ["\n".join(lines[n : n + 3]).replace("\n", " ") for n in range(0, sentences, 3)]
    return Draft(
        text="\n\n".join(paragraphs),
        title=f"{party} and {other} at odds over the {thing}, round {number}",
        published=day,
        source=f"The {party} Courier",
        origin=f"made/{seed}/{number}.txt",
    )


def vectors(number: int, dimensions: int = 384, clusters: int = 500, seed: int = 7) -> Vectors:
    """Unit vectors in clusters, as sentences on the same matters are; shape ``(number, dimensions)``."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(clusters, dimensions)).astype(np.float32)
    made = centres[chance.integers(clusters, size=number)]
    made += 0.8 * chance.normal(size=made.shape).astype(np.float32)
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit
