"""The default embedding model without sentence-transformers: for a question, in less than half the time.

Importing sentence-transformers takes seconds, longer than answering, and each of its runs some milliseconds beside
the model's own. The reader's own encoder is the same network, so with the untouched weights, mean pooling and unit
length it gives the same vectors; a test holds them to sentence-transformers' own. Many texts are for ``index.embed``.

A question's time goes on fetching the weights from memory, so it is embedded in the reader's 8-bit arithmetic: a cosine
of 0.998 with the exact vector, a third of the time, and the same passages found. What is stored is exact.
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
EDGES = Path(__file__).with_suffix(".safetensors")  # as index.reader.training.edges measured them


class QuickEmbedder:
    """An ``Embedder`` of the default model. Raises ModelError when its package is missing or altered.

    ``loaded``: its tensors under Hugging Face's names, where somebody has them in memory already.
    """

    name = DEFAULT_MODEL

    def __init__(self, loaded: "Mapping[str, Tensor] | None" = None) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        from index.reader.network import from_bert
        from index.reader.quick import quickened

        folder = default_model_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        weights = from_bert(loaded or load_file(folder / "model.safetensors"))
        self.exact = _network(weights)
        self._quick = quickened(_network(weights), load_file(EDGES))

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self.exact)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._quick)

    def _embed(self, texts: Sequence[str], network: "Network") -> Vectors:
        import torch

        from index.reader.network import Rows

        read = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        if not read:
            return np.empty((0, 0), np.float32)
        ids = torch.tensor([token for row in read for token in row])
        places = torch.tensor([place for row in read for place in range(len(row))])
        rows = Rows(ids, torch.zeros_like(ids), places, torch.tensor([len(row) for row in read]))
        with torch.inference_mode():
            tokens = network.encode(rows).float()
            means = torch.stack([part.mean(0) for part in torch.split(tokens, [len(row) for row in read])])
            unit: Vectors = torch.nn.functional.normalize(means, dim=1).numpy()
        return unit


def _network(weights: "Mapping[str, Tensor]") -> "Network":
    """On the given tensors themselves: nothing is copied."""
    from index.reader.network import Network

    network = Network().eval()
    network.load_state_dict(weights, strict=False, assign=True)
    return network
