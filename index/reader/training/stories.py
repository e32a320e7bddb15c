"""Invented deals, told in short articles, with what a careful reader would answer: our own writing.

Owns the form of ``stories/*.txt`` and its rules. A file tells one deal::

    deal: The Korrin Bay lease
    about: a lease of the sea bed off Korrin Bay, between the port of Korrin and Halden Wind

    == 2025-03-04 | Harbour Post | Port and developer sit down
    a1 The first sentence.
    a2 The second.

    a3 A new paragraph.

    ? when | when does halden have to sign | a3 | the end of June | date=2025-06-30 as_of=2025-04-01
    ! 2025-06-30 | a3 | Halden signs | moved=2025-09-30
    = 2025-03-04 | in talks | a1

``?`` asks: kind, question, sentences any of which will do (``a3+a4`` is a run; for a conflict both sides), short
answers in the article's words, options. ``!`` is a day on which something is due, ``=`` a change of stage.
``python -m index.reader.training.stories`` checks the files; with ``--to FOLDER`` it writes them as a set of deals.
"""

import argparse
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"
APART = 4  # one story in so many is kept apart, by its name
KINDS = ("when", "status", "who", "howlong", "howmany", "what", "why", "conflict", "unanswerable")
SPANNED = ("when", "who", "howlong", "howmany", "what")  # their short answers stand in the sentence
STAGES = "rumoured|in talks|agreed in principle|signed|awaiting approval|in force|suspended|collapsed".split("|")
_SENTENCE = re.compile(r"([a-z]{1,2}\d{1,2}) (.+)")


@dataclass(slots=True)
class Told:
    """One article. ``sentences``: by label, in order; ``text`` holds them, and ``spans`` says where."""

    day: date
    outlet: str
    title: str
    sentences: dict[str, str] = field(default_factory=dict)
    opens: set[str] = field(default_factory=set)  # sentences that open a paragraph

    @property
    def text(self) -> str:
        return "".join(
            ("\n\n" if label in self.opens else " ") * bool(at) + sentence
            for at, (label, sentence) in enumerate(self.sentences.items())
        )


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    text: str
    labels: tuple[str, ...]  # runs as "a3+a4"
    answers: tuple[str, ...]
    due: date | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Due:
    day: date
    label: str
    what: str
    moved_to: date | None
    recurring: bool


@dataclass(frozen=True, slots=True)
class Stage:
    day: date
    stage: str
    label: str


@dataclass(slots=True)
class Story:
    slug: str
    name: str = ""
    about: str = ""
    articles: list[Told] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)

    def article(self, label: str) -> Told:
        """The one that holds the sentence. Raises KeyError."""
        for told in self.articles:
            if label in told.sentences:
                return told
        raise KeyError(label)

    def quote(self, run: str) -> str:
        return " ".join(self.article(label).sentences[label] for label in run.split("+"))


def kept_apart(slug: str) -> bool:
    """The rule, so that anybody can tell which stories a figure may be taken on."""
    return int(hashlib.sha256(slug.encode()).hexdigest()[:8], 16) % APART == 0


def load_stories(folder: Path = FOLDER) -> list[Story]:
    return [read_story(file) for file in sorted(folder.glob("*.txt"))]


def read_story(file: Path) -> Story:
    """Raises ValueError, with the line's number, for what is not in the form."""
    story = Story(file.stem)
    opens = True
    for number, raw in enumerate(file.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        try:
            _take(story, line, opens)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{file.name}:{number}: {error}: {line[:60]}") from error
        opens = not line or line.startswith("== ")
    return story


def _take(story: Story, line: str, opens: bool) -> None:
    """One line, which opens a paragraph or does not."""
    if line.startswith("== "):
        day, outlet, title = _fields(line[3:], 3)
        story.articles.append(Told(date.fromisoformat(day), outlet, title))
    elif line.startswith("? "):
        story.questions.append(_question(line[2:]))
    elif line.startswith("! "):
        day, label, what, *options = _fields(line[2:], 3, 4)
        given = _options(options, "moved", "recurring")
        moved = date.fromisoformat(given["moved"]) if "moved" in given else None
        story.dues.append(Due(date.fromisoformat(day), label, what, moved, "recurring" in given))
    elif line.startswith("= "):
        day, stage, label = _fields(line[2:], 3)
        story.stages.append(Stage(date.fromisoformat(day), stage, label))
    elif line.startswith("deal: "):
        story.name = line[6:].strip()
    elif line.startswith("about: "):
        story.about = line[7:].strip()
    elif match := _SENTENCE.fullmatch(line):
        if any(match[1] in each.sentences for each in story.articles):
            raise ValueError(f"{match[1]} is used twice")
        told = story.articles[-1]
        told.sentences[match[1]] = match[2]
        if opens:
            told.opens.add(match[1])
    elif line:
        raise ValueError("neither a sentence with its label nor a line of gold")


def _fields(text: str, least: int, most: int | None = None) -> list[str]:
    parts = [part.strip() for part in text.split(" | ")]
    if not least <= len(parts) <= (most or least):
        raise ValueError(f"{len(parts)} fields, {least} to {most or least} expected")
    return parts


def _options(parts: list[str], *known: str) -> dict[str, str]:
    found = {}
    for word in " ".join(parts).split():
        name, _, value = word.partition("=")
        if name not in known:
            raise ValueError(f"unknown option {word}")
        found[name] = value
    return found


def _question(text: str) -> Question:
    kind, question, labels, answers, *options = _fields(text, 4, 5)
    given = _options(options, "date", "as_of")
    return Question(
        kind,
        question,
        () if labels == "-" else tuple(labels.split()),
        () if answers == "-" else tuple(each.strip() for each in answers.split(" ; ")),
        date.fromisoformat(given["date"]) if "date" in given else None,
        date.fromisoformat(given["as_of"]) if "as_of" in given else None,
    )


def problems(story: Story) -> list[str]:
    """What breaks the rules, a sentence each."""
    found = [f"no {word}" for word, value in (("deal", story.name), ("about", story.about)) if not value]
    labels = {label for told in story.articles for label in told.sentences}
    for asked in story.questions:
        named = [label for run in asked.labels for label in run.split("+")]
        about = f"“{asked.text}”: "
        if asked.kind not in KINDS:
            found.append(about + f"kind {asked.kind}")
        if unknown := set(named) - labels:
            found.append(about + f"no sentence {', '.join(sorted(unknown))}")
            continue
        if (asked.kind == "unanswerable") != (not named):
            found.append(about + "only what nothing answers has no sentence")
        if asked.kind == "conflict" and len(asked.labels) < 2:
            found.append(about + "a conflict has two sides")
        if (asked.kind == "when") != (asked.due is not None):
            found.append(about + "a when, and nothing else, has date=")
        if asked.as_of and any(story.article(label).day > asked.as_of for label in named):
            found.append(about + "a sentence from after as_of")
        if asked.kind in SPANNED and not any(
            answer in story.quote(run) for answer in asked.answers for run in asked.labels
        ):
            found.append(about + f"none of {asked.answers} stands in its sentence, to the letter")
    golden = [*(due.label for due in story.dues), *(stage.label for stage in story.stages)]
    found += [f"no sentence {label}" for label in golden if label not in labels]
    found += [f"stage {each.stage}" for each in story.stages if each.stage not in STAGES]
    found += [f"{told.title}: no sentences" for told in story.articles if not told.sentences]
    return found


def write_set(stories: list[Story], folder: Path) -> None:
    """As a folder a deal, in the form that ``tests.evaluate`` reads."""
    for story in stories:
        articles = folder / story.slug / "articles"
        articles.mkdir(parents=True, exist_ok=True)
        names = {id(told): f"{n:02d}.md" for n, told in enumerate(story.articles, 1)}
        for told in story.articles:
            title = json.dumps(told.title, ensure_ascii=False)
            front = (
                f"---\ntitle: {title}\ndate: {told.day}\nsource: {json.dumps(told.outlet, ensure_ascii=False)}\n---\n\n"
            )
            (articles / names[id(told)]).write_text(front + told.text + "\n", "utf-8")

        def evidence(run: str, story: Story = story, names: dict[int, str] = names) -> dict[str, str]:
            return {"article": names[id(story.article(run.split("+")[0]))], "quote": story.quote(run)}

        _write_lines(folder / story.slug / "questions.jsonl", [
            {"id": f"{n:02d}", "type": q.kind, "question": q.text}
            | ({"as_of": str(q.as_of)} if q.as_of else {})
            | ({"date": {"start": str(q.due), "end": str(q.due)}} if q.due else {})
            | {"answerable": bool(q.labels), "answer": q.answers, "evidence": [evidence(run) for run in q.labels]}
            for n, q in enumerate(story.questions, 1)
        ])  # fmt: skip
        _write_lines(folder / story.slug / "deadlines.jsonl", [
            {"what": d.what, "due": str(d.day), **evidence(d.label), "recurring": d.recurring}
            | ({"moved_to": str(d.moved_to)} if d.moved_to else {})
            for d in story.dues
        ])  # fmt: skip
        _write_lines(folder / story.slug / "status.jsonl", [
            {"as_of": str(s.day), "stage": s.stage, "evidence": [evidence(s.label)]} for s in story.stages
        ])  # fmt: skip
        (folder / story.slug / "deal.json").write_text(json.dumps({"name": story.name, "about": story.about}), "utf-8")


def _write_lines(file: Path, rows: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.reader.training.stories", description="Check the stories.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--to", type=Path, help="write them as a set of deals into this folder")
    given = parser.parse_args()
    stories = []
    wrong = 0
    for file in given.files or sorted(FOLDER.glob("*.txt")):
        try:
            story = read_story(file)
            stories.append(story)
            told = problems(story)
        except ValueError as error:
            told = [str(error)]
        for each in told:
            print(f"{file.name}: {each}", file=sys.stderr)
        wrong += len(told)
    if given.to:
        write_set(stories, given.to)
    print(
        f"{len(stories)} stories, {sum(len(s.articles) for s in stories)} articles, "
        f"{sum(len(s.questions) for s in stories)} questions, {sum(len(s.dues) for s in stories)} days due, "
        f"{sum(len(s.stages) for s in stories)} stages, {wrong} problems"
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
