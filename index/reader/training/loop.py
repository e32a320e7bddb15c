"""The training loop: takes a work folder as far as the minutes allow, from wherever it stopped.

Owns optimiser, schedule and checkpoints. The schedule runs by time and not by steps, because the recipe
promises to end: two busy cores see fewer groups than two idle ones.
"""

import json
import random
import time
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from safetensors.torch import load_file, save_file

from index.reader.network import MARKER, Network, from_bert
from index.reader.tokens import Tokens
from index.reader.training.batch import batch, loss, scores_of
from index.reader.training.groups import Maker
from index.reader.training.prepare import Pool
from index.reader.training.rivals import lessons, loss_of
from index.reader.weights import joined, load

GROUPS, RATE, HEAD_RATE, WARM, FLAT = 16, 1.2e-4, 1e-3, 0.02, 0.6
# Weights that are trained already: at the full rates their loss rose for twenty minutes, and only the fall brought it back.
AGAIN, FLAT_AGAIN = 0.5, 0.2
# They have seen windows enough: a few keep what was learnt from them, and rows of rivals stand in the others' place.
GROUPS_AGAIN, RIVALS, WINDOWS = 4, 16, 0.4
EVERY = 240.0  # seconds between checkpoints
LATE = 0.8  # the checkpoints of the last fifth are averaged


def beginning(base: Path, shipped: Path | None = None) -> Network:
    """The installed encoder under fresh heads; or what was shipped before, to be trained further."""
    torch.manual_seed(9)
    network = Network()
    encoder = from_bert(load_file(base / "model.safetensors"))
    network.load_state_dict(encoder, strict=False)
    if shipped:
        network.load_state_dict(joined(encoder, load(shipped)[0]))
        network.words.weight.requires_grad_(False)
        return network
    with torch.no_grad():
        # The marker starts as the separator, whose job is nearest to its own.
        network.marker.copy_(network.words.weight[102] - network.words.weight[MARKER])
        for head in (network.token_head, network.row_head):
            head.weight.normal_(0, 0.02)
            head.bias.zero_()
        # At the start nothing holds an answer: the null option of each softmax should weigh something.
        network.token_head.bias.fill_(-2.0)
    network.words.weight.requires_grad_(False)
    return network


def rate(done: float, again: bool) -> float:
    """Share of the full learning rate at a share of the time: warm-up, flat, then straight to nothing."""
    full, flat = (AGAIN, FLAT_AGAIN) if again else (1.0, FLAT)
    if done < WARM:
        return full * (0.05 + 0.95 * done / WARM)
    return full if done < flat else full * max(0.0, (1 - done) / (1 - flat))


def train(pool: Pool, base: Path, work: Path, minutes: float, console: Console, shipped: Path | None = None) -> None:
    """Trains for ``minutes`` in all, counted over every call on the same work folder."""
    again = shipped is not None
    groups = GROUPS_AGAIN if again else GROUPS
    rivals = lessons(work) if again else []
    network = beginning(base, shipped).train()
    tokens = Tokens(base / "tokenizer.json", remembered=80_000)
    heads = [*network.token_head.parameters(), *network.row_head.parameters(), network.marker]
    ours = {id(p) for p in heads}
    body = [p for p in network.parameters() if p.requires_grad and id(p) not in ours]
    optimiser = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    step, spent, order = 0, 0.0, 0
    kept = work / "state.pt"
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        network.load_state_dict(state["network"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        step, spent, order = state["step"], state["spent"], state["order"]
    maker = Maker(pool)
    queue: list[int] = []
    means: dict[str, float] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("training", total=minutes * 60)
        saved = spent
        while spent < minutes * 60:
            began = time.perf_counter()
            dice = random.Random(step * 7919 + 1)  # noqa: S311
            if len(queue) < groups:
                queue = random.Random(order).sample(range(len(pool.examples)), len(pool.examples))  # noqa: S311
                order += 1
            chosen = [maker.group(pool.examples[queue.pop()], dice) for _ in range(groups)]
            taught = batch(chosen, tokens)
            for group, full in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = full * rate(spent / (minutes * 60), again)
            with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
                scores = scores_of(network, taught)
                beside = loss_of(network, tokens, dice.sample(rivals, RIVALS), dice) if again else None
            parts = loss(scores, taught)
            if beside is not None:
                parts["rivals"] = beside
                parts["all"] = beside + WINDOWS * parts["all"]
            optimiser.zero_grad()
            parts["all"].backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            step += 1
            spent += time.perf_counter() - began
            for name, part in parts.items():
                means[name] = 0.99 * means.get(name, float(part.detach())) + 0.01 * float(part.detach())
            bar.update(task, completed=spent, description=f"step {step} loss {means['all']:.3f}")
            if spent - saved > EVERY or spent >= minutes * 60:
                saved = spent
                _save(network, optimiser, work, step, spent, order, late=spent >= LATE * minutes * 60)
                row = {"step": step, "minutes": round(spent / 60, 1)} | {k: round(v, 4) for k, v in means.items()}
                with (work / "log.jsonl").open("a") as log:
                    log.write(json.dumps(row) + "\n")


def _save(
    network: Network, optimiser: torch.optim.Optimizer, work: Path, step: int, spent: float, order: int, late: bool
) -> None:
    state = {k: v for k, v in network.state_dict().items() if k != "words.weight"}
    whole = {"network": state, "optimiser": optimiser.state_dict(), "step": step, "spent": spent, "order": order}
    torch.save(whole, work / "state.new")
    (work / "state.new").replace(work / "state.pt")  # a kill in the middle must not cost the hour before it
    save_file(state, work / (f"late-{step:06d}.safetensors" if late else "newest.safetensors"))
