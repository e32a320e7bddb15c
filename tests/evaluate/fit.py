"""``make fit``: fits the weights of the decision and writes them into ``index/answer/weights.py``.

Ranking: a listwise softmax over each question's candidates (Cao et al. 2007), with a little L2. Probability:
logistic regression on the best candidate's features. Fit on sets that are not reported; see docs/quality.md.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from index.answer.evidence import Features, likeness_of
from index.answer.logit import lead_of
from index.answer.question import Kind, understand
from tests.evaluate.curves import Said, draw, summary
from tests.evaluate.gather import Seen, gather_all
from tests.evaluate.sets import TESTS, apart, load_set, seeds

NAMES = [each.name for each in fields(Features)]
READERS = NAMES.index("evidence")  # from here on the features are the reader's
SCALE = np.array([1.0] * READERS + [3, 3, 6], np.float32)  # brings its logits to about 1
OUT = Path("index/answer/weights.py")
HEAD = '"""The weights of the decision, as `make fit` writes them; not to be edited."""'
L2 = 0.02  # of the ranking
LOGIT_L2 = 0.005
FOLDS = 6
PICTURE = Path("docs/pictures/calibration.png")
KINDS = list(Kind)

Array = npt.NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--work", type=Path, default=Path("data/evaluate"))
    given = parser.parse_args()
    sets = [seeds(), *(load_set(folder) for folder in given.sets or [TESTS / "deals"]), apart(given.work)]
    written = [HEAD, "", "from index.answer.evidence import Features", "from index.answer.logit import Logit, Weights"]
    written += ["from index.answer.question import Kind", ""]
    rank: Array | None = None
    for name in ("PLAIN", "READ"):  # without a reader, and with one, which reads what the first chose
        chosen = None if rank is None else Features(*rank.tolist())
        seen = [each for each in gather_all(sets, given.work, chosen) if each.features]
        used = np.array([1] * READERS + [int(rank is not None)] * 3, np.float32)
        rank = fit_ranking(seen, used)
        best = [best_of(s, rank) for s in seen]
        answers = fit_logit(best, [s.gold.answerable for s in seen], used)
        right = fit_logit(best, [s.right[b.number] for s, b in zip(seen, best, strict=True)], used)
        told = f"# {len(seen)} questions: {report(seen, rank, best, answers)}"
        print(told)
        parts = f"rank={shown(rank)}, answers={shown_logit(answers)}, right={shown_logit(right)}"
        written += [told, f"{name} = Weights({parts})", ""]
    crossed = cross_fitted(seen, used)  # of those that are read closely, as the product does
    print(f"cross-fitted by deal: {summary(crossed)}")
    draw(crossed, PICTURE)
    OUT.write_text("\n".join(written), "utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(OUT)], check=True)


def rows(seen: Seen) -> Array:
    return np.array([astuple(each) for each in seen.features], np.float32).reshape(-1, len(NAMES))


def fit_ranking(data: Sequence[Seen], used: Array) -> Array:
    """Weights, shape ``(features,)``, in the features' own units."""
    groups = [(torch.tensor(rows(s) / SCALE * used), torch.tensor(s.right)) for s in data if any(s.right)]
    weights = torch.zeros(len(NAMES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = L2 * (weights * weights).sum()
        for offered, right in groups:
            scores = 6 * offered @ weights
            total = total + (torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)) / len(groups)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)
    found: Array = weights.detach().numpy() * used / SCALE
    return found


def cross_fitted(data: Sequence[Seen], used: Array) -> list[Said]:
    """What would have been said of each question by weights that were fitted on other deals."""
    deals = sorted({deal_of(s) for s in data})
    said = []
    for fold in (set(deals[n::FOLDS]) for n in range(FOLDS)):
        others = [s for s in data if deal_of(s) not in fold]
        rank = fit_ranking(others, used)
        best = [best_of(s, rank) for s in others]
        answers = fit_logit(best, [s.gold.answerable for s in others], used)
        right = fit_logit(best, [s.right[b.number] for s, b in zip(others, best, strict=True)], used)
        for s in (s for s in data if deal_of(s) in fold):
            b = best_of(s, rank)
            odds = [float(1 / (1 + np.exp(-(b.described @ weights)))) for weights in (answers, right)]
            said.append(Said(s.gold.answerable, s.right[b.number], *odds))
    return said


def deal_of(seen: Seen) -> str:
    return seen.gold.id.split("/")[0]


class Best(NamedTuple):
    """The best candidate of one question, as the probabilities see it."""

    number: int
    described: Array  # its features, then its lead, then its question's kind as one of ``KINDS``


def best_of(seen: Seen, rank: Array) -> Best:
    scores = (rows(seen) @ rank).tolist()
    number = int(np.argmax(scores))
    lead = lead_of(number, scores, likeness_of(seen.vectors)[number])
    kind = understand(seen.gold.question).kind
    told = [*rows(seen)[number], lead, *(float(kind is each) for each in KINDS)]
    return Best(number, np.array(told, np.float32))


def fit_logit(best: Sequence[Best], wanted: Sequence[bool], used: Array) -> Array:
    """Weights of the features, in their own units, of the lead, then of the kinds; shape ``(features + 1 + kinds,)``."""
    scale = np.concatenate([SCALE, np.ones(1 + len(KINDS), np.float32)])
    kept = np.concatenate([used, np.ones(1 + len(KINDS), np.float32)]) / scale
    x = torch.tensor(np.stack([each.described for each in best]) * kept)
    y = torch.tensor([float(each) for each in wanted])
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        total = total + LOGIT_L2 * (weights**2).sum() / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)
    found: Array = weights.detach().numpy() * kept
    return found


def shown(weights: Array) -> str:
    return f"Features({', '.join(f'{n}={w:.2f}' for n, w in zip(NAMES, weights, strict=True))})"


def shown_logit(weights: Array) -> str:
    by_kind = zip(KINDS, weights[len(NAMES) + 1 :], strict=True)
    kinds = ", ".join(f"Kind.{k.name}: {w:.2f}" for k, w in by_kind)
    return f"Logit({{{kinds}}}, {shown(weights[: len(NAMES)])}, lead={weights[len(NAMES)]:.2f})"


def report(data: Sequence[Seen], rank: Array, best: Sequence[Best], answers: Array) -> str:
    first = third = answerable = 0
    told: list[float] = []
    silent: list[float] = []
    for s, b in zip(data, best, strict=True):
        (told if s.gold.answerable else silent).append(float(b.described @ answers))
        if s.gold.answerable:
            answerable += 1
            first += s.right[b.number]
            third += any(s.right[n] for n in np.argsort(-(rows(s) @ rank))[:3])
    area = np.mean([a > b for a in told for b in silent]) if silent else float("nan")
    cut = max(np.array(told + silent), key=lambda c: np.mean(np.array(told) >= c) + np.mean(np.array(silent) < c))
    kept, quiet = np.mean(np.array(told) >= cut), np.mean(np.array(silent) < cut)
    return (
        f"evidence@1 {first / answerable:.2f}, @3 {third / answerable:.2f}, AUROC {area:.2f}; "
        f"threshold {1 / (1 + np.exp(-cut)):.2f} answers {kept:.2f} and abstains {quiet:.2f}"
    )


if __name__ == "__main__":
    main()
