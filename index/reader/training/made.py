"""Deal news made up for training: stories about invented licences, treaties and takeovers, with questions.

Owns the templates' assembly. The public sets hardly ever ask whether something is signed yet, what a
deadline was moved to or who must still agree; these stories do. All of it is our own writing, drawn from
``made.txt``; no development or test article was copied or paraphrased into it.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.reader.training.data import Asked, Text
from index.reader.training.prepare import Example, Pool

STORIES = 1600
FILE = Path(__file__).with_name("made.txt")
SLOT = re.compile(r"\{(\w+)\}")
ANSWER = re.compile(r"\[([^\[\]]*)\]")


@dataclass(slots=True)
class Kind:
    """A kind of fact: how news puts it (the answer in brackets) and how people ask for it."""

    name: str
    told: list[str]
    asked: list[str]


@cache
def templates() -> tuple[dict[str, list[str]], list[Kind]]:
    """Word lists (`@name: a | b | c`) and kinds (`# name`, sentences after `-`, questions after `?`)."""
    words: dict[str, list[str]] = {}
    kinds: list[Kind] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("@"):
            name, _, rest = line[1:].partition(":")
            words[name] = [w.strip() for w in rest.split("|")]
        elif line.startswith("# "):
            kinds.append(Kind(line[2:].strip(), [], []))
        elif line.startswith("- "):
            kinds[-1].told.append(line[2:].strip())
        elif line.startswith("? "):
            kinds[-1].asked.append(line[2:].strip())
    return words, kinds


class Story:
    """One invented deal: every slot gets one filling for the whole story, dates and figures a new one each time."""

    FRESH = ("date", "month", "weekday", "small", "big", "span", "money", "percent", "place", "person", "role")

    def __init__(self, dice: random.Random) -> None:
        self.words, self.kinds = templates()
        self.dice = dice
        self.fixed: dict[str, str] = {}
        first, second = dice.sample(self.words["party"], 2)
        self.fixed |= {"a": first, "b": second}
        self.fixed["noun"], self.fixed["noun2"] = dice.choice([tuple(w.split("/")) for w in self.words["nouns"]])[:2]
        self.fixed["topic"] = dice.choice(self.words["topic"])

    def fill(self, template: str) -> str:
        def one(match: re.Match[str]) -> str:
            name = match[1]
            if name in self.FRESH:
                return self.fresh(name)
            if name not in self.fixed:
                self.fixed[name] = self.dice.choice(self.words[name])
            return self.fixed[name]

        text = template
        while SLOT.search(text):
            text = SLOT.sub(one, text)
        return text[:1].upper() + text[1:] if not text.startswith("[") else "[" + text[1:2].upper() + text[2:]

    def fresh(self, name: str) -> str:
        dice = self.dice
        if name == "date":
            day, month, year = dice.randint(1, 28), dice.choice(self.words["month"]), dice.randint(2019, 2031)
            return dice.choice(
                [
                    *(f"{day} {month}", f"{month} {day}", f"{day} {month} {year}", f"{month} {day}, {year}"),
                    *(f"the end of {month}", f"the first week of {month}", f"mid-{month}", f"{month} {year}"),
                ]
            )
        if name == "small":
            return dice.choice(["two", "three", "four", "five", "six", "seven", "nine", "11", "12", "15", "18", "24"])
        if name == "big":
            return dice.choice([f"{dice.randint(2, 99) * 10}", f"{dice.randint(1, 90)},{dice.randint(100, 999)}"])
        if name == "span":
            unit = dice.choice(["days", "weeks", "months", "years"])
            return f"{dice.choice(['two', 'three', 'six', 'ten', '10', '14', '20', '30', '90', '180'])} {unit}"
        if name == "money":
            return f"{dice.choice(['$', '€', '£'])}{dice.randint(2, 900)}{dice.choice([' million', ' billion', 'm'])}"
        if name == "percent":
            return f"{dice.randint(2, 79)}{dice.choice([' percent', '%', '.5%'])}"
        return dice.choice(self.words[name])


def story(dice: random.Random) -> tuple[Text, list[str], list[Asked]]:
    """A text, the kind of fact of each sentence, and questions with and without an answer in it."""
    made = Story(dice)
    filler = next(k for k in made.kinds if k.name == "filler")
    facts = [k for k in made.kinds if k.name != "filler"]
    chosen = dice.sample(facts, dice.randint(4, 7))
    told = [(k, dice.choice(k.told)) for k in chosen] + [(filler, t) for t in dice.sample(filler.told, 2)]
    dice.shuffle(told)
    text, names, sentences, asked = "", [], [], []
    answers: dict[str, tuple[int, int]] = {}
    for kind, template in told:
        whole = made.fill(template)
        place = ANSWER.search(whole)
        plain = ANSWER.sub(r"\1", whole)
        at = len(text)
        if place:
            answers[kind.name] = (at + place.start(), at + place.start() + len(place[1]))
        names.append(kind.name)
        sentences.append((at, at + len(plain)))
        text += plain + " "
    for kind in facts:
        questions = dice.sample(kind.asked, min(2, len(kind.asked)))
        if kind.name in answers:
            asked += [Asked(made.fill(q), True, (answers[kind.name],)) for q in questions]
        elif dice.random() < 0.2:
            asked.append(Asked(made.fill(questions[0]), False, ()))
    title = made.fill(dice.choice(made.words["title"]))
    return Text("made", title, text.strip(), asked, sentences), names, asked


def with_made(pool: Pool, stories: int = STORIES) -> Pool:
    """The pool with made-up stories beside the real texts. Their negatives say the same of other deals."""
    dice = random.Random(41)  # noqa: S311
    texts, examples = list(pool.texts), list(pool.examples)
    first = len(texts)
    made = [story(dice) for _ in range(stories)]
    texts += [text for text, _, _ in made]
    alike: dict[str, list[tuple[int, int]]] = {}
    for n, (_, names, _) in enumerate(made):
        for s, name in enumerate(names):
            alike.setdefault(name, []).append((first + n, s))
    for n, (text, names, asked) in enumerate(made):
        for question in dice.sample(asked, min(4, len(asked))):
            gold = text.holding(question)
            kind = names[gold[0]] if gold else dice.choice(names)
            mined = [
                (other, s)
                for other, s in dice.sample(alike[kind], 12)
                if other != first + n and not _same_deal(texts[other], text)
            ]
            examples.append(Example(first + n, question, gold, mined))
    return Pool(texts, examples)


def _same_deal(one: Text, other: Text) -> bool:
    """Could a question about the one be about the other? Titles name topic and parties."""
    return len(set(one.title.lower().split()) & set(other.title.lower().split())) > 2
