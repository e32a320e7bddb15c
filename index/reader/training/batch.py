"""Groups as tensors, and the loss over them.

Owns the four terms and their weights: evidence 1 (a listwise softmax with a null option), the same score
told apart one by one .5, answerable .5, start and end .7. Must not know where groups come from.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from index.reader.network import Network, Rows, Scores
from index.reader.shipped import pack
from index.reader.tokens import Row, Tokens
from index.reader.training.groups import Group, Taught

TOGETHER = 16  # rows of about one length: attention is padded to the longest of them


@dataclass(slots=True)
class Batch:
    rows: list[Rows]  # shortest first
    markers: Tensor  # flat places
    marker_group: Tensor
    gold: Tensor  # of each marker
    words: Tensor  # flat places of the sentences' tokens
    word_group: Tensor
    starts: Tensor  # of each word: is it an annotated start
    ends: Tensor
    held: Tensor  # of each row: does it hold the answer
    sure: Tensor  # of each row: is that known
    groups: int


def batch(groups: list[Group], tokens: Tokens) -> Batch:
    rows: list[Row] = []
    markers, marker_group, gold, held, sure = [], [], [], [], []
    words, word_group, starts, ends = [], [], [], []
    base = 0
    laid = [
        (tokens.row(group.question, taught.window, taught.core), taught, number)
        for number, group in enumerate(groups)
        for taught in group.windows
    ]
    for row, taught, number in sorted(laid, key=lambda each: len(each[0].ids)):
        rows.append(row)
        held.append(bool(taught.gold))
        sure.append(bool(taught.gold) or not taught.beside)
        for place, marker in enumerate(row.markers):
            if place in taught.beside:
                continue
            markers.append(base + marker)
            marker_group.append(number)
            gold.append(place in taught.gold)
            first, last = _ends(row, taught, place)
            for k in range(len(row.words[place].ids)):
                words.append(base + marker + 1 + k)
                word_group.append(number)
                starts.append(k in first)
                ends.append(k in last)
        base += len(row.ids)
    return Batch(
        [pack(rows[at : at + TOGETHER]) for at in range(0, len(rows), TOGETHER)],
        torch.tensor(markers),
        torch.tensor(marker_group),
        torch.tensor(gold),
        torch.tensor(words),
        torch.tensor(word_group),
        torch.tensor(starts),
        torch.tensor(ends),
        torch.tensor(held),
        torch.tensor(sure),
        len(groups),
    )


def scores_of(network: Network, b: Batch) -> Scores:
    """Of all its rows, laid end to end as ``markers`` and ``words`` count them."""
    return Scores(*map(torch.cat, zip(*(network(rows) for rows in b.rows), strict=True)))


def _ends(row: Row, taught: Taught, place: int) -> tuple[set[int], set[int]]:
    """The tokens of one sentence at which an annotated answer starts, and those at which one ends."""
    first, last = set(), set()
    offsets = row.words[place].offsets
    for sentence, start, end in taught.spans:
        inside = [k for k, (a, b) in enumerate(offsets) if a < end and b > start] if sentence == place else []
        if inside:
            first.add(inside[0])
            last.add(inside[-1])
    return first, last


def listwise(scores: Tensor, right: Tensor, group: Tensor, groups: int) -> Tensor:
    """Mean of -log softmax of all right ones together; the null option, 0, is right where nothing is."""
    pad = torch.full((groups,), -1e4)
    top = pad.scatter_reduce(0, group, scores.detach(), "amax").clamp_min(0.0)
    raised = (scores - top[group]).exp()
    null = (-top).exp()
    whole = null + torch.zeros(groups).index_add(0, group, raised)
    hit = torch.zeros(groups).index_add(0, group, raised * right)
    none = torch.zeros(groups).index_add(0, group, right.float()) == 0
    return (whole.log() - torch.where(none, null, hit).clamp_min(1e-12).log()).mean()


def loss(scores: Scores, b: Batch) -> dict[str, Tensor]:
    evidence = scores.evidence[b.markers]
    apart = functional.binary_cross_entropy_with_logits(evidence, b.gold.float(), reduction="none")
    # Each kind counts the same, or nine wrong sentences would outvote the right one.
    weight = torch.where(b.gold, 0.5 / b.gold.sum().clamp_min(1), 0.5 / (~b.gold).sum().clamp_min(1))
    parts = {
        "evidence": listwise(evidence, b.gold, b.marker_group, b.groups),
        "apart": 0.5 * (apart * weight).sum(),
        "answerable": 0.5
        * functional.binary_cross_entropy_with_logits(scores.answerable[b.sure], b.held[b.sure].float()),
        "span": 0.35
        * (
            listwise(scores.start[b.words], b.starts, b.word_group, b.groups)
            + listwise(scores.end[b.words], b.ends, b.word_group, b.groups)
        ),
    }
    parts["all"] = torch.stack(list(parts.values())).sum()
    return parts
