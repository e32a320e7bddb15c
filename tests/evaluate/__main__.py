"""``make evaluate SETS="…"``: asks every question of the sets, prints how well it was answered, and notes it.

Asked are the sample articles, ``tests/deals``, the invented deals that no reader is trained on, and each set
given: a folder of deals (see ``sets.py``). The table goes into docs/quality.md, the counts into ``figures.json``,
below which a test lets none of ``tests/deals`` fall. ``--misses`` also prints what went wrong; ``--only`` asks
the given sets alone and notes nothing.
"""

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from index.answer import ask
from index.models import Answer, Scope
from tests.evaluate.gather import data_dir_of, library_of
from tests.evaluate.sets import TESTS, Gold, GoldSet, apart, is_evidence, load_set, same_passage, seeds

APART = "invented deals kept apart"
FIGURES = (
    "evidence@1", "evidence@3", "when: exact due day", "answers where something answers", "abstains where nothing answers",
    "conflict: both sides quoted",
)  # fmt: skip
NOTED = Path(__file__).with_name("figures.json")
QUALITY = TESTS.parent / "docs" / "quality.md"
OPENS, CLOSES = "<!-- as `make evaluate` writes it -->", "<!-- until here -->"
err = Console(stderr=True)


@dataclass
class Tally:
    """Hits and tries by figure, and the (probability, right) pairs behind the calibration."""

    hits: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    calibration: list[tuple[float, bool]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def count(self, figure: str, hit: bool, gold: Gold, got: str) -> None:
        self.hits[figure].append(hit)
        if not hit:
            self.misses.append(f"{figure} | {gold.id} | {gold.question} | {got}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", action="store_true")
    parser.add_argument("--work", type=Path, default=Path("data/evaluate"))
    given = parser.parse_args()
    sets = {folder.name: load_set(folder) for folder in given.sets}
    if not given.only:
        sets = {"sample articles": seeds(), "tests/deals": load_set(TESTS / "deals"), APART: apart(given.work)} | sets
    tallies = {}
    for name, gold in sets.items():
        tally = tallies[name] = asyncio.run(evaluate(gold, data_dir_of(gold, given.work)))
        print(f"\n{name}: {len(gold.questions)} questions")
        for figure, hits in sorted(tally.hits.items()):
            print(f"  {figure}: {sum(hits)}/{len(hits)} = {np.mean(hits):.3f}")
        print(f"  calibration: {calibration(tally.calibration)}")
        if given.misses:
            print("\n".join(tally.misses))
    if not given.only:
        note(tallies)


def note(tallies: Mapping[str, Tally]) -> None:
    counts = {name: {f: [sum(hits), len(hits)] for f, hits in t.hits.items()} for name, t in tallies.items()}
    NOTED.write_text(json.dumps(counts, indent=1) + "\n", "utf-8")
    before, _, rest = QUALITY.read_text("utf-8").partition(OPENS)
    after = rest.partition(CLOSES)[2]
    QUALITY.write_text(f"{before}{OPENS}\n{table(counts)}\n{CLOSES}{after}", "utf-8")


def table(counts: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    lines = ["| set | " + " | ".join(FIGURES) + " |", "|---" * (len(FIGURES) + 1) + "|"]
    for name, figures in counts.items():
        cells = (figures.get(figure) for figure in FIGURES)
        told = (f"{cell[0]}/{cell[1]} = {cell[0] / cell[1]:.2f}" if cell else "–" for cell in cells)
        lines.append(f"| {name} | " + " | ".join(told) + " |")
    return "\n".join(lines)


async def evaluate(gold: GoldSet, data_dir: Path) -> Tally:
    tally = Tally()
    async with library_of(gold, data_dir) as library:
        for each in track(gold.questions, "asking", console=err, transient=True):
            weigh(each, await ask(library, each.question, Scope(as_of=each.as_of)), tally)
    return tally


def weigh(gold: Gold, answer: Answer, tally: Tally) -> None:
    quotes = [citation.quote for citation in answer.citations]
    first = f"{answer.confidence:.2f} {quotes[0][:110]}" if quotes else "(nothing)"
    if not gold.answerable:
        tally.count("abstains where nothing answers", not answer.answered, gold, first)
        tally.calibration.append((answer.confidence, False))
        return
    right = [is_evidence(quote, gold) for quote in quotes]
    tally.calibration.append((answer.confidence, bool(right) and right[0]))
    tally.count("answers where something answers", answer.answered, gold, first)
    right = right if answer.answered else []
    tally.count("evidence@1", bool(right) and right[0], gold, first)
    tally.count("evidence@3", any(right), gold, first)
    if gold.due is not None:
        got = answer.date.end if answer.date else None
        tally.count("when: exact due day", got == gold.due, gold, f"{got}, not {gold.due}: {first}")
    if gold.kind == "conflict":
        sides = sum(any(same_passage(quote, each) for quote in quotes) for each in gold.quotes)
        tally.count("conflict: both sides quoted", answer.answered and sides >= 2, gold, first)


def calibration(pairs: list[tuple[float, bool]]) -> str:
    """“said → was”, in five bands of equal size."""
    bands = np.array_split(np.array(sorted(pairs), dtype=float), 5)
    return ", ".join(f"{band[:, 0].mean():.2f} → {band[:, 1].mean():.2f}" for band in bands if len(band))


if __name__ == "__main__":
    main()
