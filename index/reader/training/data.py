"""The training files: reading them, cutting them into sentences, keeping a tenth apart.

Owns the held-out rule. Must not change a text: the data is not ours and never enters the repository.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sentencex import get_sentence_boundaries

EMPTY_TITLES = ("Amazon Reviews", "Filtered Reddit")  # say nothing about the text


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    answerable: bool
    spans: tuple[tuple[int, int], ...]  # characters of the text


@dataclass(slots=True)
class Text:
    source: str
    title: str
    text: str
    asked: list[Asked]
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def sentence(self, n: int) -> str:
        start, end = self.sentences[n]
        return self.text[start:end]

    def holding(self, asked: Asked) -> list[int]:
        """The sentences in which an annotator's answer begins."""
        return [
            n for n, (start, end) in enumerate(self.sentences) if any(start <= first < end for first, _ in asked.spans)
        ]


def text_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def held_out(text: str) -> bool:
    """The rule: a text is kept apart when the first 32 bits of its SHA-256 (UTF-8) divide by ten."""
    return int(text_id(text)[:8], 16) % 10 == 0


def cut(text: str) -> list[tuple[int, int]]:
    found = []
    for part in get_sentence_boundaries("en", text):
        raw = text[part["start_index"] : part["end_index"]]
        start = part["start_index"] + len(raw) - len(raw.lstrip())
        end = part["start_index"] + len(raw.rstrip())
        if end > start:
            found.append((start, end))
    return found


def read(folder: Path) -> Iterator[Text]:
    """Every text of every ``*.jsonl.gz`` in the folder, once, in the order of the file names."""
    seen = set()
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["text"] in seen:
                    continue
                seen.add(row["text"])
                title = row["title"].replace("_", " ")
                asked = [
                    Asked(q["question"].strip(), q["answerable"], tuple((a, b) for a, b in q["spans"]))
                    for q in row["questions"]
                ]
                yield Text(
                    source=file.name.removesuffix(".jsonl.gz"),
                    title="" if title.startswith(EMPTY_TITLES) else title,
                    text=row["text"],
                    asked=asked,
                    sentences=cut(row["text"]),
                )
