"""``make fit``: fits the weights of ``index/answer/decide.py`` and prints them, to be pasted there.

Ranking: a listwise softmax over each question's candidates (Cao et al. 2007), with a little L2. Probability:
logistic regression on the best candidate's features. Fit on sets that are not reported; see docs/quality.md.
"""

import argparse
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import torch

from index.answer.evidence import Features
from index.library import NO_READER
from tests.evaluate.gather import Seen, gather_all
from tests.evaluate.sets import load_set, seeds

SCALE = np.array([1] * 7 + [3, 3, 6], np.float32)  # brings the reader's logits to about 1
L2 = 0.02
NAMES = [each.name for each in fields(Features)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--work", type=Path, default=Path("data/evaluate"))
    given = parser.parse_args()
    sets = [seeds(), *(load_set(folder) for folder in given.sets)]
    for reader in (NO_READER, None):
        seen = gather_all(sets, given.work, reader)
        used = np.array([1] * 7 + [0 if reader else 1] * 3, np.float32)
        rank = fit_ranking(seen, used)
        intercept, logit = fit_probability(seen, rank, used)
        print(
            f"{'without' if reader else 'with'} the reader, {len(seen)} questions: {report(seen, rank, intercept, logit)}"
        )
        print(f"    rank  Features({', '.join(f'{n}={w:.2f}' for n, w in zip(NAMES, rank, strict=True))})")
        print(
            f"    logit {intercept:.2f}, Features({', '.join(f'{n}={w:.2f}' for n, w in zip(NAMES, logit, strict=True))})"
        )


def rows(seen: Seen) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([astuple(each) for each in seen.features], np.float32).reshape(-1, len(NAMES))


def fit_ranking(data: Sequence[Seen], used: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
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
    found: np.ndarray = weights.detach().numpy() * used / SCALE  # type: ignore[type-arg]
    return found


def fit_probability(data: Sequence[Seen], rank: np.ndarray, used: np.ndarray) -> tuple[float, np.ndarray]:  # type: ignore[type-arg]
    """Intercept and weights of the logit that the best candidate is right."""
    best = [
        (rows(s)[k] / SCALE * used, s.right[k]) for s in data if s.features for k in [int(np.argmax(rows(s) @ rank))]
    ]
    x = torch.tensor(np.stack([features for features, _ in best]))
    y = torch.tensor([float(right) for _, right in best])
    weights = torch.zeros(len(NAMES) + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = x @ weights[1:] + weights[0]
        total = torch.nn.functional.binary_cross_entropy_with_logits(logits, y) + L2 * (weights[1:] ** 2).sum() / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)
    found = weights.detach().numpy()
    return float(found[0]), found[1:] * used / SCALE


def report(data: Sequence[Seen], rank: np.ndarray, intercept: float, logit: np.ndarray) -> str:  # type: ignore[type-arg]
    first = third = answerable = 0
    told: list[float] = []
    silent: list[float] = []
    for s in data:
        if not s.features:
            continue
        order = np.argsort(-(rows(s) @ rank))
        logits = float(rows(s)[order[0]] @ logit) + intercept
        (told if s.gold.answerable else silent).append(logits)
        if s.gold.answerable:
            answerable += 1
            first += s.right[order[0]]
            third += any(s.right[k] for k in order[:3])
    area = np.mean([a > b for a in told for b in silent]) if silent else float("nan")
    cut = max(np.array(told + silent), key=lambda c: np.mean(np.array(told) >= c) + np.mean(np.array(silent) < c))
    kept, quiet = np.mean(np.array(told) >= cut), np.mean(np.array(silent) < cut)
    return (
        f"evidence@1 {first / answerable:.2f}, @3 {third / answerable:.2f}, AUROC {area:.2f}; "
        f"threshold {1 / (1 + np.exp(-cut)):.2f} answers {kept:.2f} and abstains {quiet:.2f}"
    )


if __name__ == "__main__":
    main()
