"""The network: MiniLM's encoder with three heads, in plain torch.

Owns the arithmetic between token ids and scores. Must not know words, articles or files. It is written
out here, and not taken from transformers, because importing that takes longer than answering a
question, and because rows of all lengths run as one flat list: only attention sees padding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER, EPSILON = 6, 384, 12, 1536, 1e-12
VOCABULARY, POSITIONS, SEGMENTS = 30522, 512, 2
MARKER = 1  # the id of [unused0]: BERT never saw it, so we are free to teach it “a sentence starts here”


@dataclass(frozen=True, slots=True)
class Rows:
    """Several inputs laid end to end. ``ids``, ``segments`` and ``positions`` are flat; ``lengths`` cut them.

    ``kept``: the flat places, in order and each row's first among them, whose scores are wanted; None for all.
    ``shown``: how many tokens of each row are its own, where the rest fills it up to the others' length; None for all.
    """

    ids: Tensor
    segments: Tensor
    positions: Tensor
    lengths: Tensor
    kept: Tensor | None = None
    shown: Tensor | None = None

    def grid(self) -> tuple[Tensor | None, Tensor, Tensor | None]:
        """(flat place of each cell of a rows x longest grid, its mask, the cell of each flat place).

        None twice where all rows have one length: then flat places and cells are the same.
        """
        longest = int(self.lengths.max())
        steps = torch.arange(longest)
        mask = steps[None, :] < (self.lengths if self.shown is None else self.shown)[:, None]
        if int(self.lengths.min()) == longest:
            return None, mask, None
        starts = self.lengths.cumsum(0) - self.lengths
        places = torch.where(mask, starts[:, None] + steps[None, :], 0)
        return places.flatten(), mask, mask.flatten().nonzero().squeeze(1)


class Scores(NamedTuple):
    """Logits, one a kept token (evidence is meant at markers) and one a row. Zero is the null option of each."""

    evidence: Tensor
    start: Tensor
    end: Tensor
    answerable: Tensor


def _attend(parts: Tensor, mask: Tensor) -> Tensor:
    shown = mask[:, None, None, :]
    mixed: Tensor = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=shown)
    return mixed


def _attend_plainly(parts: Tensor, mask: Tensor) -> Tensor:
    """The same in three steps: on processors the fused kernel's backward pass takes twice as long."""
    query, key, value = parts.unbind(0)
    weights = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(2, 3)
    hidden = torch.where(mask, 0.0, -1e4).to(weights.dtype)
    mixed: Tensor = (weights + hidden[:, None, None, :]).softmax(-1).to(value.dtype) @ value
    return mixed


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.bend: nn.Module = nn.GELU()
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)

    def forward(
        self, x: Tensor, places: Tensor | None, mask: Tensor, cells: Tensor | None, kept: Tensor | None
    ) -> Tensor:
        """``places``, ``mask``, ``cells``: a grid; ``kept``: the tokens that anything after this layer looks at."""
        rows, longest = mask.shape
        parts = self.qkv(x)
        parts = parts if places is None else parts[places]
        parts = parts.view(rows, longest, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = _attend_plainly(parts, mask) if self.training else _attend(parts, mask)
        mixed = mixed.transpose(1, 2).reshape(rows * longest, WIDTH)
        if kept is not None:
            x, cells = x[kept], kept if cells is None else cells[kept]
        x = self.norm1(x + self.out(mixed if cells is None else mixed[cells]))
        done: Tensor = self.norm2(x + self.down(self.bend(self.up(x))))
        return done


class Network(nn.Module):
    """Question and window in, logits out. ``words`` stays as the base has it; the rest may be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(SEGMENTS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.marker = nn.Parameter(torch.zeros(WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.token_head = nn.Linear(WIDTH, 3)  # evidence, start, end
        self.row_head = nn.Linear(WIDTH, 1)

    def encode(self, rows: Rows) -> Tensor:
        """What the encoder makes of the kept tokens, flat; shape ``(kept, WIDTH)``."""
        places, mask, cells = rows.grid()
        x: Tensor = self.words(rows.ids)
        x = x + (rows.ids == MARKER).to(x.dtype)[:, None] * self.marker.to(x.dtype)
        x = self.norm(x + self.places(rows.positions) + self.segments(rows.segments))
        for n, layer in enumerate(self.layers):
            # The others have given the last layer their keys and values; nobody reads what becomes of them.
            x = layer(x, places, mask, cells, rows.kept if n == LAYERS - 1 else None)
        return x

    def forward(self, rows: Rows) -> Scores:
        x = self.encode(rows)
        firsts = rows.lengths.cumsum(0) - rows.lengths
        if rows.kept is not None:
            firsts = torch.searchsorted(rows.kept, firsts)
        # The heads stay in single precision: a softmax over half-precision scores makes ties.
        with torch.autocast("cpu", enabled=False):
            x = x.float()
            tokens = functional.linear(x, self.token_head.weight.float(), self.token_head.bias.float())
            whole = functional.linear(x[firsts], self.row_head.weight.float(), self.row_head.bias.float())
        return Scores(tokens[:, 0], tokens[:, 1], tokens[:, 2], whole[:, 0])


def from_bert(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The encoder's tensors of a Hugging Face BertModel under our names (no heads, no pooler)."""
    ours = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "places.weight": state["embeddings.position_embeddings.weight"],
        "segments.weight": state["embeddings.token_type_embeddings.weight"],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    theirs = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for n in range(LAYERS):
        for kind in ("weight", "bias"):
            there = f"encoder.layer.{n}"
            ours[f"layers.{n}.qkv.{kind}"] = torch.cat(
                [state[f"{there}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            for name, path in theirs.items():
                ours[f"layers.{n}.{name}.{kind}"] = state[f"{there}.{path}.{kind}"]
    return ours
