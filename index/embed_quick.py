"""The default embedding model without sentence-transformers: for a question, in less than half the time.

Importing sentence-transformers takes seconds, longer than answering, and each of its runs some milliseconds beside
the model's own. The reader's own encoder is the same network, so with the untouched weights, mean pooling and unit
length it gives the same vectors; a test holds them to sentence-transformers' own. Many texts are for ``index.embed``.

A question is embedded by a tuned copy of the model (``index.reader.training.asking``), which comes nearer to the sentences
that answer; what is stored is the installed model's own, untouched. A question's time goes on fetching the weights from
memory, so it is in the reader's 8-bit arithmetic: a third of the time, and the same passages found.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embed import DEFAULT_MODEL, Vectors, default_model_folder

if TYPE_CHECKING:
    from torch import Tensor

    from index.reader.network import Network

LONGEST = 256  # tokens; what the model was trained on
TUNED = Path(__file__).with_suffix(".safetensors")  # as index.reader.training.asking wrote it


class QuickEmbedder:
    """An ``Embedder`` of the default model. Raises ModelError when its package is missing or altered.

    ``loaded``: its tensors under Hugging Face's names, where somebody has them in memory already. ``tuned``: what its
    questions are embedded with; None for the model as it is.
    """

    name = DEFAULT_MODEL

    def __init__(self, loaded: "Mapping[str, Tensor] | None" = None, tuned: Path | None = TUNED) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        from index.reader.network import from_bert
        from index.reader.quick import quickened
        from index.reader.weights import check, joined, load

        folder = default_model_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        weights = from_bert(loaded or load_file(folder / "model.safetensors"))
        self.exact = _network(weights)
        self._quick = self.exact
        if tuned is not None:
            check(tuned)
            kept, edges = load(tuned)
            self._quick = quickened(_network(joined(weights, kept)), edges)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self.exact)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._quick)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [each.ids for each in self._tokenizer.encode_batch(list(texts))]

    def _embed(self, texts: Sequence[str], network: "Network") -> Vectors:
        import torch

        if not texts:
            return np.empty((0, 0), np.float32)
        with torch.inference_mode():
            unit: Vectors = encoded(self.tokens(texts), network).numpy()
        return unit


def encoded(read: Sequence[Sequence[int]], network: "Network") -> "Tensor":
    """Unit vectors of texts as token ids, shape ``(texts, dimensions)``."""
    import torch

    from index.reader.network import Rows

    lengths = [len(row) for row in read]
    ids = torch.tensor([token for row in read for token in row])
    places = torch.tensor([place for row in read for place in range(len(row))])
    tokens = network.encode(Rows(ids, torch.zeros_like(ids), places, torch.tensor(lengths))).float()
    means = torch.stack([part.mean(0) for part in torch.split(tokens, lengths)])
    return torch.nn.functional.normalize(means, dim=1)


def _network(weights: "Mapping[str, Tensor]") -> "Network":
    """On the given tensors themselves: nothing is copied."""
    from index.reader.network import Network

    network = Network().eval()
    network.load_state_dict(weights, strict=False, assign=True)
    return network
