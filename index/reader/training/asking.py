"""``python -m index.reader.training.asking``: tunes how a question is embedded; passages stay as they are.

Writes ``index/embed_quick.safetensors``: what training changed in the installed model, in 8 bits, with the edges of its
arithmetic (``index.reader.quick``). Only the questions' side learns, so that whatever is stored stays good: a question
comes nearer to the sentences that answer it than to all others of its deal and of some other deals.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.progress import Progress
from torch import Tensor

from index.embed import with_context
from index.embed_quick import TUNED, QuickEmbedder, encoded
from index.reader.network import WIDTH, Network
from index.reader.quick import measured
from index.reader.training.phrasing import channel
from index.reader.training.practice import PRACTICE, load_practice
from index.reader.training.stories import kept_apart, load_stories
from index.reader.weights import cut, joined, save

STORIES, ASKED = 8, 16  # of one step, and of each of its stories
ROUNDS = 3  # over all questions
RATE, DECAY, CLIP = 8e-5, 0.01, 1.0
WARM = 20  # steps
TEMPERATURE = 0.05
NEAR = 0.2  # how much it costs to leave the question's former place
AT_ONCE = 32  # texts embedded together
EDGES = 400  # questions over which the edges are taken


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    right: tuple[int, ...]  # passages that answer it
    beside: frozenset[int]  # those that must neither win nor lose


@dataclass(slots=True)
class Lesson:
    passages: list[str]  # as they are embedded
    stories: list[range]  # the passages of each
    asked: list[list[Asked]]  # of each story


def lesson() -> Lesson:
    """Every sentence of the stories that may be trained on, and every question that something answers."""
    made = Lesson([], [], [])
    for story in (each for each in load_stories() if not kept_apart(each.slug)):
        first, places, asked = len(made.passages), dict[str, int](), list[Asked]()
        for told in story.articles:
            for label, sentence in told.sentences.items():
                places[label] = len(made.passages)
                made.passages.append(with_context(sentence, told.title, told.day))
        practice = [each for folder in (PRACTICE, PRACTICE / "hard") for each in load_practice(story, folder)]
        for question, beside in [(each.question, each.beside) for each in practice] + [
            (q, ()) for q in story.questions
        ]:
            right = {label for run in question.labels for label in run.split("+")}
            later = {
                label
                for told in story.articles
                if question.as_of and told.day > question.as_of
                for label in told.sentences
            }
            spared = frozenset(places[label] for label in {*beside, *later} - right if label in places)
            if right:
                asked.append(Asked(question.text, tuple(places[label] for label in right), spared))
        made.stories.append(range(first, len(made.passages)))
        made.asked.append(asked)
    return made


def tune(network: Network, embedder: QuickEmbedder, given: Lesson) -> None:
    """Changes ``network`` in place."""
    for name, weight in network.named_parameters():
        weight.requires_grad_(name.startswith("layers."))
    ours = [weight for weight in network.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(ours, lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * sum(map(len, given.asked)) // (STORIES * ASKED)
    dice = random.Random(1)  # noqa: S311
    with Progress() as bar:
        passages = _all(embedder, given.passages, bar)
        task = bar.add_task("tuning", total=steps)
        for step in range(steps):
            told, asked, right, beside = _batch(given, dice)
            vectors = encoded(embedder.tokens([channel(each.text, dice) for each in asked]), network)
            with torch.inference_mode():
                before = encoded(embedder.tokens([each.text for each in asked]), embedder.exact)
            parts = _loss(vectors @ passages[told].T / TEMPERATURE, right, beside)
            loss = parts + NEAR * (1 - (vectors * before.clone()).sum(1)).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(ours, CLIP)
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM) * (1 - step / steps)
            optimiser.step()
            optimiser.zero_grad()
            bar.update(task, advance=1, description=f"tuning, loss {float(parts.detach()):.2f}")


def _batch(given: Lesson, dice: random.Random) -> tuple[list[int], list[Asked], Tensor, Tensor]:
    """Passages, questions, and which passages are right for each and which stand beside, both ``(asked, passages)``."""
    stories = dice.sample(range(len(given.stories)), STORIES)
    told = [passage for story in stories for passage in given.stories[story]]
    place = {passage: n for n, passage in enumerate(told)}
    asked = [each for n in stories for each in dice.sample(given.asked[n], min(ASKED, len(given.asked[n])))]
    right, beside = (
        torch.zeros(len(asked), len(told), dtype=torch.bool),
        torch.zeros(len(asked), len(told), dtype=torch.bool),
    )
    for n, each in enumerate(asked):
        right[n, [place[passage] for passage in each.right]] = True
        beside[n, [place[passage] for passage in each.beside]] = True
    return told, asked, right, beside


def _loss(scores: Tensor, right: Tensor, beside: Tensor) -> Tensor:
    """Mean of -log softmax of all right ones together."""
    every = scores.masked_fill(beside, -1e4)
    return (every.logsumexp(1) - every.masked_fill(~right, -1e4).logsumexp(1)).mean()


def _all(embedder: QuickEmbedder, texts: Sequence[str], bar: Progress) -> Tensor:
    """Shape ``(texts, dimensions)``."""
    found = torch.zeros(len(texts), WIDTH)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    task = bar.add_task("embedding the passages", total=len(texts))
    for first in range(0, len(order), AT_ONCE):
        chosen = order[first : first + AT_ONCE]
        found[chosen] = torch.from_numpy(embedder.embed([texts[n] for n in chosen]))
        bar.advance(task, len(chosen))
    return found


def finish(network: Network, embedder: QuickEmbedder, given: Lesson, out: Path) -> str:
    """Writes ``out`` and ``out``.sha256; gives back the digest."""
    base = embedder.exact.state_dict()
    kept = {name: value for name, value in cut(base, network.state_dict()).items() if name.startswith("layers.")}
    tuned = Network().eval()
    tuned.load_state_dict(joined(base, kept))
    asked = [each.text for story in given.asked for each in story]
    asked = asked[:: max(1, len(asked) // EDGES)]

    def run() -> Iterator[Tensor]:
        for first in range(0, len(asked), AT_ONCE):
            yield encoded(embedder.tokens(asked[first : first + AT_ONCE]), tuned)

    with torch.inference_mode():
        return save(kept, measured(tuned, run()), out, {"by": "index.reader.training.asking"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.reader.training.asking", description=__doc__)
    parser.add_argument("--out", type=Path, default=TUNED)
    out = parser.parse_args().out
    embedder, given, network = QuickEmbedder(tuned=None), lesson(), Network()
    network.load_state_dict({name: value.clone() for name, value in embedder.exact.state_dict().items()})
    tune(network.train(), embedder, given)
    print(out, finish(network.eval(), embedder, given, out))


if __name__ == "__main__":
    main()
