"""The default embedding model without sentence-transformers: for a question, in half the time.

Importing sentence-transformers takes seconds, longer than answering, and each of its runs some milliseconds beside
the model's own. The reader's own encoder is the same network, so with the untouched weights, mean pooling and unit
length it gives the same vectors; a test holds them to sentence-transformers' own. Many texts are for ``index.embed``.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.embed import DEFAULT_MODEL, Vectors, default_model_folder

if TYPE_CHECKING:
    from torch import Tensor

LONGEST = 256  # tokens; what the model was trained on


class QuickEmbedder:
    """An ``Embedder`` of the default model. Raises ModelError when its package is missing or altered.

    ``loaded``: its tensors under Hugging Face's names, where somebody has them in memory already.
    """

    name = DEFAULT_MODEL

    def __init__(self, loaded: "Mapping[str, Tensor] | None" = None) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        from index.reader.network import Network, from_bert

        folder = default_model_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._network = Network().eval()
        weights = from_bert(loaded or load_file(folder / "model.safetensors"))
        self._network.load_state_dict(weights, strict=False, assign=True)

    def embed(self, texts: Sequence[str]) -> Vectors:
        import torch

        from index.reader.network import Rows

        read = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        if not read:
            return np.empty((0, 0), np.float32)
        ids = torch.tensor([token for row in read for token in row])
        places = torch.tensor([place for row in read for place in range(len(row))])
        rows = Rows(ids, torch.zeros_like(ids), places, torch.tensor([len(row) for row in read]))
        with torch.inference_mode():
            tokens = self._network.encode(rows)
            means = torch.stack([part.mean(0) for part in torch.split(tokens, [len(row) for row in read])])
            unit: Vectors = torch.nn.functional.normalize(means, dim=1).numpy()
        return unit
