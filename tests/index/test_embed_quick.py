import subprocess
import sys

import numpy as np
import torch

from index.embed import Embedder, Vectors
from index.embed_quick import TUNED, QuickEmbedder, encoded
from index.reader.network import Network
from index.reader.weights import joined, load
from index.split import passages
from tests.evaluate.sets import TESTS, is_evidence, load_set

TEXTS = ["when is the licence deadline?", "Yes.", "", "Ünïcödé – “quoted”, 1,340 crowns 🤔", "word " * 400]


def test_the_same_vectors_as_sentence_transformers(embedder: Embedder) -> None:
    ours, theirs = QuickEmbedder().embed(TEXTS), embedder.embed(TEXTS)
    assert ours.shape == theirs.shape and ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=2e-5)
    assert QuickEmbedder().embed([]).shape == (0, 0)


def test_a_question_is_embedded_in_8_bits_and_as_good_as_exactly(embedder: Embedder) -> None:
    """Of these no edge was measured: they belong to deals that are not trained on."""
    asked = [each.question for each in load_set(TESTS / "deals").questions]
    plain = QuickEmbedder(tuned=None)
    network = Network().eval()
    network.load_state_dict(joined(plain.exact.state_dict(), load(TUNED)[0]))
    with torch.inference_mode():
        exact = encoded(plain.tokens(asked), network).numpy()
    quick = embedder.embed_questions(asked)
    assert quick.shape == exact.shape and quick.dtype == np.float32
    cosines = (quick * exact).sum(1)
    assert cosines.mean() > 0.99 and cosines.min() > 0.97
    np.testing.assert_allclose(embedder.embed_questions(asked[:1])[0], quick[0], atol=1e-5)  # whatever it runs with


def test_a_tuned_question_is_nearer_to_what_answers_it(embedder: Embedder) -> None:
    """On deals that no training has seen: how often the answer is among the twelve nearest of all passages."""
    gold = load_set(TESTS / "deals")
    texts = [file.read_text("utf-8") for folder in gold.folders for file in sorted(folder.iterdir())]
    told = [text[start:end] for text in texts for start, end in passages(text)]
    vectors = embedder.embed(told)
    asked = [each for each in gold.questions if each.answerable]
    right = np.array([[is_evidence(passage, each) for passage in told] for each in asked])

    def found(questions: Vectors) -> int:
        nearest = np.argsort(-(questions @ vectors.T), axis=1)[:, :12]
        return int(np.take_along_axis(right, nearest, axis=1).any(axis=1).sum())

    words = [each.question for each in asked]
    assert found(embedder.embed_questions(words)) >= found(embedder.embed(words)) + 10


def test_it_does_without_sentence_transformers() -> None:
    code = (
        "import sys; from index.embed_quick import QuickEmbedder; QuickEmbedder().embed(['x']);"
        "sys.exit('sentence_transformers' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
