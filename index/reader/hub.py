"""Any sentence-transformers CrossEncoder as a reader, for who has the machine for a bigger one.

Owns the translation of its one score. It has no spans to offer and no word of its own on answerability:
``span`` is None, ``span_score`` 0 and ``answerable`` the evidence again.
"""

from collections.abc import Sequence
from typing import Any

from index.errors import ModelError
from index.reader.shape import Candidate, Reading


class CrossEncoderReader:
    def __init__(self, model: Any) -> None:
        self._model = model

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        from torch.nn import Identity

        if not candidates:
            return []
        pairs = [(question, f"{c.title}. {c.sentence}" if c.title else c.sentence) for c in candidates]
        # Identity: models differ in whether they squash their score; ours are logits.
        scores = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False, batch_size=16)
        return [Reading(float(score), float(score), None, 0.0) for score in scores]


def from_hub(name: str) -> CrossEncoderReader:
    """Loads it from a folder or, where the network allows, a hub. Raises ModelError."""
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu")
    except Exception as error:  # the library raises whatever its files, its hub or its parser raise
        raise ModelError(f"The reading model {name!r} cannot be loaded: check DEALWIRE_READER.") from error
    if model.num_labels != 1:
        raise ModelError(f"The reading model {name!r} gives {model.num_labels} scores; name one that gives one.")
    return CrossEncoderReader(model)
