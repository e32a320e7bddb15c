"""The end of training: the late checkpoints averaged, cut to 8 bits, written as the shipped file.

Owns the choice of checkpoints. Must not train.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from index.reader.network import Network, Scores, from_bert
from index.reader.quick import measured
from index.reader.shipped import base_folder
from index.reader.tokens import Tokens
from index.reader.training.batch import batch, scores_of
from index.reader.training.groups import Maker
from index.reader.training.prepare import Pool
from index.reader.weights import cut, joined, save

AVERAGED = 3
MEASURED = 96  # groups over which the edges for 8 bits are taken


def averaged(work: Path, last: int = AVERAGED) -> dict[str, Tensor]:
    """The mean of the last few checkpoints of the falling learning rate; before that, the newest."""
    files = sorted(work.glob("late-*.safetensors"))[-last:] or [work / "newest.safetensors"]
    states = [load_file(file) for file in files]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def finish(pool: Pool, work: Path, out: Path, last: int = AVERAGED) -> str:
    """Writes ``out`` and ``out``.sha256; gives back the digest."""
    folder = base_folder()
    base = from_bert(load_file(folder / "model.safetensors"))
    kept = cut(base, averaged(work, last))
    network = Network().eval()
    network.load_state_dict(joined(base, kept))
    maker, dice, tokens = Maker(pool), random.Random(5), Tokens(folder / "tokenizer.json")  # noqa: S311
    groups = [maker.group(example, dice) for example in dice.sample(pool.examples, MEASURED)]

    @torch.no_grad()
    def run() -> Iterator[Scores]:
        for first in range(0, MEASURED, 16):
            yield scores_of(network, batch(groups[first : first + 16], tokens))

    return save(kept, measured(network, run()), out, {"by": "index.reader.train"})
