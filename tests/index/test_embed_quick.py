import subprocess
import sys

import numpy as np

from index.embed import Embedder
from index.embed_quick import QuickEmbedder
from tests.evaluate.sets import TESTS, load_set

TEXTS = ["when is the licence deadline?", "Yes.", "", "Ünïcödé – “quoted”, 1,340 crowns 🤔", "word " * 400]


def test_the_same_vectors_as_sentence_transformers(embedder: Embedder) -> None:
    ours, theirs = QuickEmbedder().embed(TEXTS), embedder.embed(TEXTS)
    assert ours.shape == theirs.shape and ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=2e-5)
    assert QuickEmbedder().embed([]).shape == (0, 0)


def test_a_question_is_embedded_in_8_bits_and_as_good_as_exactly(embedder: Embedder) -> None:
    """Of these no edge was measured: they belong to deals that are not trained on."""
    asked = [each.question for each in load_set(TESTS / "deals").questions]
    quick, exact = embedder.embed_questions(asked), embedder.embed(asked)
    assert quick.shape == exact.shape and quick.dtype == np.float32
    cosines = (quick * exact).sum(1)
    assert cosines.mean() > 0.995 and cosines.min() > 0.98
    np.testing.assert_allclose(embedder.embed_questions(asked[:1])[0], quick[0], atol=1e-5)  # whatever it runs with


def test_it_does_without_sentence_transformers() -> None:
    code = (
        "import sys; from index.embed_quick import QuickEmbedder; QuickEmbedder().embed(['x']);"
        "sys.exit('sentence_transformers' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
