"""Groups to learn from: one question with a gold window and windows that must lose to it, or with none.

Owns the mixture. A group's windows compete in one softmax with a null option, so a group without gold
teaches to abstain.
"""

import random
from dataclasses import dataclass, field, replace

from index.reader.tokens import Window
from index.reader.training.data import Text
from index.reader.training.phrasing import channel
from index.reader.training.prepare import Example, Pool
from index.reader.training.swaps import names, swapped

SIZES, WEIGHTS = (1, 2, 3, 4, 5), (20, 10, 35, 20, 15)


@dataclass(frozen=True, slots=True)
class Taught:
    """A window and what is true of it."""

    window: Window
    core: list[int]  # sentences that must not be cut for room
    gold: list[int] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # sentence, start and end in its characters
    beside: list[int] = field(default_factory=list)  # sentences that are left out of the loss


@dataclass(frozen=True, slots=True)
class Group:
    question: str
    windows: list[Taught]


class Maker:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.names = names(e.asked.question for e in pool.examples)

    def group(self, example: Example, dice: random.Random) -> Group:
        text = self.pool.texts[example.text]
        asked = example.asked
        single = text.source.startswith("qamr") or dice.random() < 0.25
        kind = "gold" if asked.answerable else "none"
        question = asked.question
        if asked.answerable:
            luck = dice.random()
            if luck < 0.13 and len(text.sentences) > len(example.gold):
                kind = "removed"
            elif luck < 0.24 and (other := swapped(question, text.text, self.names, dice)):
                kind, question = "none", other
        make = self._single if single else self._windows
        windows = make(text, example, kind, dice)
        dice.shuffle(windows)
        return Group(channel(question, dice), windows)

    def _single(self, text: Text, example: Example, kind: str, dice: random.Random) -> list[Taught]:
        """Sentences one by one under their title: how the decision to abstain is taken."""
        title = self._title(text, set(example.gold), dice)
        spared = {s for n, s in example.beside if n == example.text}
        others = [n for n in range(len(text.sentences)) if n not in example.gold and n not in spared]
        dice.shuffle(others)
        windows = [self._taught(text, [n], title, None, dice) for n in others[: dice.randint(2, 4)]]
        if example.gold:
            gold = dice.choice(example.gold)
            if kind == "gold":
                windows.append(self._taught(text, [gold], title, example, dice))
            elif kind == "none":
                windows.append(self._taught(text, [gold], title, None, dice))
        mined = example.mined[: dice.randint(2, 4)] if dice.random() < 0.6 else example.mined[-4:]
        for n, s in mined:
            other = self.pool.texts[n]
            windows.append(self._taught(other, [s], self._title(other, {s}, dice), None, dice))
        return windows

    def _windows(self, text: Text, example: Example, kind: str, dice: random.Random) -> list[Taught]:
        gold = set(example.gold)
        title = self._title(text, gold, dice)
        windows = []
        if kind == "removed":
            left = [n for n in range(len(text.sentences)) if n not in gold]
            windows.append(self._window(example, example.text, self._run(left, dice.choice(left), dice), title, dice))
        else:
            everything = list(range(len(text.sentences)))
            anchor = dice.choice(example.gold) if gold else dice.choice(everything)
            run = self._run(everything, anchor, dice)
            windows.append(self._window(example, example.text, run, title, dice, tells=kind == "gold"))
            rest = [n for n in everything if n not in gold and n not in run]
            if rest and dice.random() < (0.4 if kind == "gold" else 0.6):
                windows.append(
                    self._window(example, example.text, self._run(rest, dice.choice(rest), dice), title, dice)
                )
        # In a deal's articles nearly every sentence is about the same thing: more of them stand against the answer.
        wanted = (3 if text.source == "story" else 2) - (len(windows) > 1)
        for n, s in self._some(example.mined, wanted, dice):
            other = self.pool.texts[n]
            run = self._run(list(range(len(other.sentences))), s, dice)
            windows.append(self._window(example, n, run, self._title(other, {s}, dice), dice))
        return windows

    def _window(
        self, example: Example, number: int, run: list[int], title: str, dice: random.Random, tells: bool = False
    ) -> Taught:
        """A run of the text of this number, which tells the answer or does not."""
        taught = self._taught(self.pool.texts[number], run, title, example if tells else None, dice)
        return replace(taught, beside=[place for place, n in enumerate(run) if (number, n) in example.beside])

    @staticmethod
    def _some(mined: list[tuple[int, int]], wanted: int, dice: random.Random) -> list[tuple[int, int]]:
        """The harder the likelier, but not always the hardest: among those stand answers nobody marked."""
        ranked = sorted(mined, key=lambda _: dice.random() ** 0.5, reverse=True) if dice.random() < 0.4 else mined
        return list(ranked[:wanted])

    @staticmethod
    def _run(among: list[int], anchor: int, dice: random.Random) -> list[int]:
        """A few neighbours with the anchor somewhere among them."""
        size = dice.choices(SIZES, WEIGHTS)[0]
        at = among.index(anchor)
        first = max(0, min(at - dice.randrange(size), len(among) - size))
        return among[first : first + size]

    @staticmethod
    def _title(text: Text, gold: set[int], dice: random.Random) -> str:
        """Its title; for a text without one, now and then its opening words, as a headline would be."""
        if text.source != "made" and dice.random() < 0.25:  # made-up sentences name their deal in the title alone
            return ""
        if not text.title and 0 not in gold and dice.random() < 0.6:
            return " ".join(text.sentence(0).split()[:12]).rstrip(".,;:!?")
        return text.title

    @staticmethod
    def _taught(text: Text, run: list[int], title: str, example: Example | None, dice: random.Random) -> Taught:
        window = Window(title, tuple(text.sentence(n) for n in run))
        if example is None:
            return Taught(window, [dice.randrange(len(run))])
        gold = [place for place, n in enumerate(run) if n in example.gold]
        spans = []
        for place, n in enumerate(run):
            start, end = text.sentences[n]
            spans += [
                (place, first - start, min(last, end) - start)
                for first, last in example.asked.spans
                if start <= first < end
            ]
        return Taught(window, gold, gold, spans)
