"""The texts kept apart are the ones that the rule names, and the question noise never asks something else."""

import random
import re
from pathlib import Path

from index.reader.training.data import Asked, Text, cut, held_out, text_id
from index.reader.training.phrasing import ASKING, channel
from index.reader.training.swaps import swapped
from index.reader.weights import FILE

IDS = re.findall(r"\b[0-9a-f]{16}\b", (Path(FILE).parent / "held-out.txt").read_text("ascii"))


def test_the_published_ids_follow_the_rule() -> None:
    assert len(IDS) == len(set(IDS)) > 500
    assert all(int(i[:8], 16) % 10 == 0 for i in IDS)


def test_the_rule_is_the_hash_of_the_text() -> None:
    assert text_id("Dealwire") == "84fe053356132533"
    assert [held_out(str(n)) for n in range(2000)].count(True) in range(150, 250)


def test_sentences_are_slices() -> None:
    text = "  Mr. Hale signed. “No,” he said. 🎉 It ends on 3 May.  "
    parts = [text[a:b] for a, b in cut(text)]
    assert parts[0] == "Mr. Hale signed."
    assert parts[-1].endswith("It ends on 3 May.")
    asked = Asked("when?", True, ((text.index("3 May"), text.index("3 May") + 5),))
    assert Text("s", "t", text, [asked], cut(text)).holding(asked) == [len(parts) - 1]


def test_a_channel_still_asks_the_same() -> None:
    dice = random.Random(2)
    question = "By when does the organisation have to file the licence report with Orvik?"
    for _ in range(300):
        typed = channel(question, dice).lower()
        assert "when" in typed
        assert any(len(word) > 3 for word in typed.split())
    assert {"who", "when", "how", "not"} <= ASKING


def test_a_swapped_word_is_not_in_the_text() -> None:
    dice = random.Random(4)
    text = "In 1887 the port of Orvik was sold to Hale & Sons in March."
    for _ in range(50):
        other = swapped("In what month was the port of Orvik sold?", text, ["Tamsin", "Orvik", "Hale"], dice)
        assert other is None or "Tamsin" in other
