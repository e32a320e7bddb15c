"""Our own stories as examples to train on, beside the public texts.

Owns how gold of ``stories/*.txt`` becomes groups: which sentences may stand against a question, and which must
not, because they told the truth on another day. Stories kept apart are in no pool.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.reader.training.data import Asked, Text
from index.reader.training.mine import Floats, embed
from index.reader.training.practice import PRACTICE, load_practice
from index.reader.training.prepare import Example, Pool
from index.reader.training.stories import Question, Story, kept_apart, load_stories

TIMES = 8  # a story's own question is met so often in a round over the pool,
PRACTISED = 5  # and one to practise with so often: with them three groups in four are a story's,
HARD = 10  # and one of those whose articles are full of sentences that look like the answer
AGAINST = 12  # sentences of its own story and of others that stand against a question, of each
ALIKE = 0.55  # cosine of two questions that may ask the same of different days

Place = tuple[int, int]  # text, sentence


def with_stories(pool: Pool, work: Path, model: str) -> Pool:
    """The pool with our stories in it, each question as often as TIMES, PRACTISED and HARD say."""
    stories = [story for story in load_stories() if not kept_apart(story.slug)]
    texts, examples = list(pool.texts), list(pool.examples)
    places: dict[tuple[int, str], Place] = {}  # story and label → where
    for number, story in enumerate(stories):
        for told in story.articles:
            text, at = Text("story", told.title, told.text, []), 0
            for label, sentence in told.sentences.items():
                at = told.text.index(sentence, at)
                places[number, label] = (len(texts), len(text.sentences))
                text.sentences.append((at, at + len(sentence)))
                at += len(sentence)
            texts.append(text)
    where = list(places)
    sentences = [texts[t].sentence(s) for t, s in places.values()]
    vectors = embed(sentences, model, work / "story-sentences.npy")
    asked = [(number, question, None, TIMES) for number, story in enumerate(stories) for question in story.questions]
    practised = [
        (number, practice.question, practice.beside, times)
        for folder, times in ((PRACTICE, PRACTISED), (PRACTICE / "hard", HARD))
        for number, story in enumerate(stories)
        for practice in load_practice(story, folder)
    ]
    every = (*asked, *practised)
    questions = embed([question.text for _, question, *_ in every], model, work / "story-questions.npy")
    for (number, question, beside, times), vector in zip(every, questions, strict=True):
        if beside is None:
            same = [n for n, (story, *_) in enumerate(asked) if story == number]
            barred = _barred(stories[number], question, vector, [asked[n][1] for n in same], questions[same])
        else:
            barred = {*_labels(question), *beside}
        order = np.argsort(-(vectors @ vector)).tolist()
        own = [places[where[n]] for n in order if where[n][0] == number and where[n][1] not in barred]
        other = [places[where[n]] for n in order[:200] if where[n][0] != number]
        mined = [each for pair in zip(own[:AGAINST], other[:AGAINST], strict=False) for each in pair]
        spared = frozenset(places[number, label] for label in barred)
        examples += _examples(stories[number], number, question, texts, places, mined, spared) * times
    return Pool(texts, examples)


def _labels(question: Question) -> set[str]:
    return {label for run in question.labels for label in run.split("+")}


def _barred(story: Story, question: Question, vector: Floats, others: Sequence[Question], vectors: Floats) -> set[str]:
    """Sentences that answer it, on whatever day: the gold, what answers a question much like it, what came later."""
    labels = _labels(question)
    for other, theirs in zip(others, vectors, strict=True):
        if other.kind == question.kind and float(theirs @ vector) > ALIKE:
            labels |= _labels(other)
    if question.as_of:
        labels |= {label for told in story.articles if told.day > question.as_of for label in told.sentences}
    return labels


def _examples(
    story: Story,
    number: int,
    question: Question,
    texts: Sequence[Text],
    places: dict[tuple[int, str], Place],
    mined: list[Place],
    spared: frozenset[Place],
) -> list[Example]:
    """One for each article that answers; one on the likeliest article where nothing does."""
    if not question.labels:
        return [Example(mined[0][0], Asked(question.text, False, ()), [], mined[1:], spared)]
    by_text: dict[int, list[int]] = {}
    for run in question.labels:
        for label in run.split("+"):
            text, sentence = places[number, label]
            by_text.setdefault(text, []).append(sentence)
    found = []
    for text, gold in by_text.items():
        spans = []
        for start, end in (texts[text].sentences[s] for s in gold):
            inside = [a for a in question.answers if a in texts[text].text[start:end]]
            for answer in inside:
                at = texts[text].text.index(answer, start)
                spans.append((at, at + len(answer)))
            if not inside:  # how things stand, or why: the whole sentence says so
                spans.append((start, end))
        found.append(
            Example(text, Asked(question.text, True, tuple(spans)), gold, mined, spared - {(text, s) for s in gold})
        )
    return found
