"""Words to ids: lays a question and a window of sentences out as one input row.

Owns the shape of the input, `[CLS] question [SEP] title ▸sentence ▸sentence … [SEP]`, for training and
for use alike, so that the two cannot drift apart. Must not know torch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer

CLS, SEP, MARKER = 101, 102, 1
QUESTION_TOKENS, TITLE_TOKENS, SENTENCE_TOKENS, ROW_TOKENS = 32, 18, 96, 160


class Words(NamedTuple):
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]  # characters of the text they came from


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of one article."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    ids: list[int]
    segments: list[int]
    markers: list[int]  # where each sentence's marker stands; its words follow
    words: list[Words]  # of each sentence, cut to what went in


class Tokens:
    def __init__(self, file: Path, remembered: int = 20_000) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        # The file carries the cut and padding that suited the embedding model; ours are per part.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.words = lru_cache(remembered)(self._words)

    def _words(self, text: str) -> Words:
        # A page pasted as one sentence must not cost a second: no part keeps more than 96 tokens.
        found = self._tokenizer.encode(text[:4000], add_special_tokens=False)
        return Words(tuple(found.ids), tuple(found.offsets))

    def row(
        self, question: str, window: Window, core: Sequence[int] | None = None, around: int = SENTENCE_TOKENS
    ) -> Row:
        """One row of at most ROW_TOKENS. Sentences outside ``core`` keep at most ``around`` tokens and are the
        first to lose more where room is short: those before it their beginnings, the others their ends."""
        ids = [CLS, *self.words(question).ids[:QUESTION_TOKENS], SEP]
        head = len(ids)
        ids += self.words(window.title).ids[:TITLE_TOKENS]
        parts = self._fit([self.words(s) for s in window.sentences], ROW_TOKENS - len(ids) - 1, core, around)
        markers = []
        for part in parts:
            markers.append(len(ids))
            ids.append(MARKER)
            ids += part.ids
        ids.append(SEP)
        return Row(ids, [0] * head + [1] * (len(ids) - head), markers, parts)

    @staticmethod
    def _fit(parts: list[Words], room: int, core: Sequence[int] | None, around: int) -> list[Words]:
        inner = range(len(parts)) if core is None else core
        room -= len(parts)  # the markers
        kept: dict[int, Words] = {}
        for n in sorted(inner):
            size = max(0, min(len(parts[n].ids), SENTENCE_TOKENS, room))
            kept[n] = Words(parts[n].ids[:size], parts[n].offsets[:size])
            room -= size
        outer = [n for n in range(len(parts)) if n not in kept]
        for place, n in enumerate(outer):
            share = max(0, room // (len(outer) - place))
            size = min(len(parts[n].ids), around, share)
            cut = slice(len(parts[n].ids) - size, None) if n < min(inner) else slice(0, size)
            kept[n] = Words(parts[n].ids[cut], parts[n].offsets[cut])
            room -= size
        return [kept[n] for n in range(len(parts))]
