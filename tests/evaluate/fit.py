"""``make fit``: fits the weights of ``index/answer/decide.py`` and prints them, to be pasted there.

Ranking: a listwise softmax over each question's candidates (Cao et al. 2007), with a little L2. Probability:
logistic regression on the best candidate's features. Fit on sets that are not reported; see docs/quality.md.
"""

import argparse
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from index.answer.evidence import Features
from index.answer.question import Kind, understand
from index.library import NO_READER
from tests.evaluate.gather import Seen, gather_all
from tests.evaluate.sets import TESTS, load_set, seeds

SCALE = np.array([1] * 6 + [3, 3, 6], np.float32)  # brings the reader's logits to about 1
L2 = 0.02
NAMES = [each.name for each in fields(Features)]
KINDS = list(Kind)

Array = npt.NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--work", type=Path, default=Path("data/evaluate"))
    given = parser.parse_args()
    sets = [seeds(), *(load_set(folder) for folder in given.sets or [TESTS / "deals"])]
    for name, reader in (("PLAIN", NO_READER), ("READ", None)):
        seen = [each for each in gather_all(sets, given.work, reader) if each.features]
        used = np.array([1] * 6 + [0 if reader else 1] * 3, np.float32)
        rank = fit_ranking(seen, used)
        best = [int(np.argmax(rows(s) @ rank)) for s in seen]
        answers = fit_logit(seen, best, [s.gold.answerable for s in seen], used)
        right = fit_logit(seen, best, [s.right[k] for s, k in zip(seen, best, strict=True)], used)
        print(f"# {len(seen)} questions: {report(seen, rank, best, answers)}")
        print(f"{name} = Weights(rank={shown(rank)}, answers={shown_logit(answers)}, right={shown_logit(right)})\n")


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


def described(seen: Seen, number: int, used: Array) -> Array:
    """One candidate's features, then its question's kind as one of ``KINDS``."""
    kind = understand(seen.gold.question).kind
    return np.concatenate([rows(seen)[number] / SCALE * used, [float(kind is each) for each in KINDS]]).astype(
        np.float32
    )


def fit_logit(data: Sequence[Seen], best: Sequence[int], wanted: Sequence[bool], used: Array) -> Array:
    """Weights of the features, in their own units, then of the kinds; shape ``(features + kinds,)``."""
    x = torch.tensor(np.stack([described(s, k, used) for s, k in zip(data, best, strict=True)]))
    y = torch.tensor([float(each) for each in wanted])
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y) + L2 * (weights**2).sum() / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)
    found: Array = weights.detach().numpy()
    return np.concatenate([found[: len(NAMES)] * used / SCALE, found[len(NAMES) :]])


def shown(weights: Array) -> str:
    return f"Features({', '.join(f'{n}={w:.2f}' for n, w in zip(NAMES, weights, strict=True))})"


def shown_logit(weights: Array) -> str:
    kinds = ", ".join(f"Kind.{k.name}: {w:.2f}" for k, w in zip(KINDS, weights[len(NAMES) :], strict=True))
    return f"Logit({{{kinds}}}, {shown(weights[: len(NAMES)])})"


def report(data: Sequence[Seen], rank: Array, best: Sequence[int], answers: Array) -> str:
    first = third = answerable = 0
    told: list[float] = []
    silent: list[float] = []
    for s, k in zip(data, best, strict=True):
        scale = np.concatenate([SCALE, np.ones(len(KINDS), np.float32)])
        logit = float(described(s, k, np.ones(len(NAMES), np.float32)) * scale @ answers)
        (told if s.gold.answerable else silent).append(logit)
        if s.gold.answerable:
            answerable += 1
            first += s.right[k]
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
