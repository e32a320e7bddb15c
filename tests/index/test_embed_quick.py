import subprocess
import sys

import numpy as np

from index.embed import Embedder
from index.embed_quick import QuickEmbedder

TEXTS = ["when is the licence deadline?", "Yes.", "", "Ünïcödé – “quoted”, 1,340 crowns 🤔", "word " * 400]


def test_the_same_vectors_as_sentence_transformers(embedder: Embedder) -> None:
    ours, theirs = QuickEmbedder().embed(TEXTS), embedder.embed(TEXTS)
    assert ours.shape == theirs.shape and ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=2e-5)
    assert QuickEmbedder().embed([]).shape == (0, 0)


def test_it_does_without_sentence_transformers() -> None:
    code = (
        "import sys; from index.embed_quick import QuickEmbedder; QuickEmbedder().embed(['x']);"
        "sys.exit('sentence_transformers' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
