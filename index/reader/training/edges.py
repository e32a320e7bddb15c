"""``python -m index.reader.training.edges``: what the 8-bit arithmetic of a question's embedding needs to know.

Writes ``index/embed_quick.safetensors``: the edges of every matrix's input channels, measured on the questions that the
reader is trained with. See ``index.reader.quick``.
"""

from collections.abc import Iterator

import torch
from safetensors.torch import save_file

from index.embed import Vectors
from index.embed_quick import EDGES, QuickEmbedder
from index.reader.quick import measured
from index.reader.training.stories import kept_apart, load_stories

AT_ONCE = 8
ASKED = 400


def main() -> None:
    stories = [story for story in load_stories() if not kept_apart(story.slug)]
    asked = [question.text for story in stories for question in story.questions]
    asked = asked[:: max(1, len(asked) // ASKED)]
    embedder = QuickEmbedder()

    def run() -> Iterator[Vectors]:
        for first in range(0, len(asked), AT_ONCE):
            yield embedder.embed(asked[first : first + AT_ONCE])

    with torch.inference_mode():
        edges = measured(embedder.exact, run())
    save_file({name: value.half().clone() for name, value in edges.items()}, EDGES)


if __name__ == "__main__":
    main()
