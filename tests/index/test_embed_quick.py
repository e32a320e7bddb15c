import subprocess
import sys
from typing import TypeAlias

import numpy as np
import pytest
import torch

from index.embed import Embedder, Vectors, with_context
from index.embed_quick import TUNED, QuickEmbedder, encoded
from index.reader.network import Network
from index.reader.training.stories import kept_apart, load_stories
from index.reader.weights import joined, load

Deals: TypeAlias = tuple[list[str], list[str], np.ndarray[tuple[int, int], np.dtype[np.bool_]]]

TEXTS = ["when is the licence deadline?", "Yes.", "", "Ünïcödé – “quoted”, 1,340 crowns 🤔", "word " * 400]


def test_the_same_vectors_as_sentence_transformers(embedder: Embedder) -> None:
    ours, theirs = QuickEmbedder().embed(TEXTS), embedder.embed(TEXTS)
    assert ours.shape == theirs.shape and ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=2e-5)
    assert QuickEmbedder().embed([]).shape == (0, 0)


@pytest.fixture(scope="module")
def deals() -> Deals:
    """Passages as they are embedded, questions, and which answers which: of deals that no training has seen."""
    stories = [each for each in load_stories() if kept_apart(each.slug)][:5]
    told = [(s.slug, label, with_context(sentence, article.title, article.day))
            for s in stories for article in s.articles for label, sentence in article.sentences.items()]  # fmt: skip
    asked = [(s.slug, question) for s in stories for question in s.questions if question.labels]
    right = [
        [slug == story and any(label in run.split("+") for run in question.labels) for slug, label, _ in told]
        for story, question in asked
    ]
    return [text for *_, text in told], [question.text for _, question in asked], np.array(right)


def nearest(questions: Vectors, vectors: Vectors) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.argsort(-(questions @ vectors.T), axis=1)[:, :12]


def test_a_question_is_embedded_in_8_bits_and_as_good_as_exactly(embedder: Embedder, deals: Deals) -> None:
    told, asked, _ = deals
    plain = QuickEmbedder(tuned=None)
    network = Network().eval()
    network.load_state_dict(joined(plain.exact.state_dict(), load(TUNED)[0]))
    with torch.inference_mode():
        exact = encoded(plain.tokens(asked), network).numpy()
    quick = embedder.embed_questions(asked)
    assert quick.shape == exact.shape and quick.dtype == np.float32
    cosines = (quick * exact).sum(1)
    assert cosines.mean() > 0.99 and cosines.min() > 0.97
    vectors = embedder.embed(told)
    shared = [len(set(a) & set(b)) for a, b in zip(nearest(quick, vectors), nearest(exact, vectors), strict=True)]
    assert np.mean(shared) > 11
    np.testing.assert_allclose(embedder.embed_questions(asked[:1])[0], quick[0], atol=1e-5)  # whatever it runs with


def test_a_tuned_question_is_nearer_to_what_answers_it(embedder: Embedder, deals: Deals) -> None:
    """How often the answer is among the twelve nearest of all passages."""
    told, asked, right = deals
    vectors = embedder.embed(told)

    def found(questions: Vectors) -> int:
        return int(np.take_along_axis(right, nearest(questions, vectors), axis=1).any(axis=1).sum())

    assert found(embedder.embed_questions(asked)) > 1.1 * found(embedder.embed(asked))


def test_it_does_without_sentence_transformers() -> None:
    code = (
        "import sys; from index.embed_quick import QuickEmbedder; QuickEmbedder().embed(['x']);"
        "sys.exit('sentence_transformers' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
