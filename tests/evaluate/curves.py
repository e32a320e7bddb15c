"""What was said against what was: the reliability diagram and the risk–coverage curve, as one picture.

Said is each probability before anybody looked; was is whether the first quote is one that a careful reader would give.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from index.answer.decide import is_told

BINS = 8
INK, GRID, SAID, RISK = "#1f2430", "#d5d9e2", "#3b6fd4", "#c2543c"


class Said(NamedTuple):
    """One question: whether something answers, whether the best sentence does, and the odds given to both."""

    answerable: bool
    is_right: bool
    answers: float
    right: float

    @property
    def is_told(self) -> bool:
        return is_told(self.answers, self.right)


def summary(said: Sequence[Said]) -> str:
    told = [each.is_told for each in said if each.answerable]
    silent = [not each.is_told for each in said if not each.answerable]
    first = [each.is_right and each.is_told for each in said if each.answerable]
    gap = sum(len(was) * abs(np.mean(mean) - np.mean(was)) for mean, was in banded(said)) / len(said)
    return (
        f"{len(said)} questions, answers {np.mean(told):.2f}, abstains {np.mean(silent):.2f}, evidence@1 {np.mean(first):.2f}, "
        f"AUROC {area(said):.2f}, expected calibration error {gap:.3f}"
    )


def area(said: Sequence[Said]) -> float:
    """Of pairs of a question that something answers and one that nothing does, how often the first looks likelier."""
    yes = np.array([each.answers for each in said if each.answerable])
    no = np.array([each.answers for each in said if not each.answerable])
    return float((yes[:, None] > no[None]).mean())


def banded(said: Sequence[Said]) -> list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
    """Bands of equal size by ``right``: what was said, what was."""
    pairs = np.array(sorted((each.right, float(each.is_right)) for each in said))
    return [(band[:, 0], band[:, 1]) for band in np.array_split(pairs, BINS)]


def draw(said: Sequence[Said], file: Path) -> None:
    figure = Figure(figsize=(9, 4.2), dpi=100, layout="constrained")
    left, right = figure.subplots(1, 2)
    _reliability(left, said)
    _risk(right, said)
    figure.savefig(file)


def _reliability(axes: Axes, said: Sequence[Said]) -> None:
    axes.plot([0, 1], [0, 1], color=GRID, linewidth=1.5)
    bands = banded(said)
    middle = [float(np.mean(mean)) for mean, _ in bands]
    was = [float(np.mean(each)) for _, each in bands]
    # Two standard errors of a share.
    error = [2 * float(np.sqrt(max(w * (1 - w), 0.01) / len(each))) for w, (_, each) in zip(was, bands, strict=True)]
    axes.errorbar(middle, was, yerr=error, fmt="o-", color=SAID, ecolor=GRID, capsize=3)
    _named(axes, "When it says …", "confidence", "share whose first quote is right")


def _risk(axes: Axes, said: Sequence[Said]) -> None:
    ordered = sorted(said, key=lambda each: -each.right)
    wrong = np.cumsum([not each.is_right for each in ordered]) / np.arange(1, len(ordered) + 1)
    axes.plot(np.arange(1, len(ordered) + 1) / len(ordered), wrong, color=RISK)
    told = [each for each in said if each.is_told]
    if told:
        here = (len(told) / len(said), float(np.mean([not each.is_right for each in told])))
        axes.plot(*here, "o", color=INK)
        axes.annotate("as shipped", here, xytext=(6, -14), textcoords="offset points", color=INK)
    _named(axes, "If it answered only the surest …", "share of questions answered", "share of those answered wrongly")


def _named(axes: Axes, title: str, x: str, y: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=x, ylabel=y)
    axes.set_title(title, color=INK, loc="left")
    axes.grid(color=GRID, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
