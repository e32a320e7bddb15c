"""``python -m index.reader.train``: makes the shipped weights from the data folder, in one command.

Owns the order of the steps: prepare, train, finish, measure. Every step is remembered in the work folder,
so that a killed run goes on where it stopped. Not imported by the product and never run in CI.
"""

import argparse
import json
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table

from index.reader.shipped import base_folder, shipped
from index.reader.training.finish import finish
from index.reader.training.loop import train
from index.reader.training.made import with_made
from index.reader.training.measure import keep_apart, measure
from index.reader.training.own import with_stories
from index.reader.training.prepare import prepare


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.reader.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of *.jsonl.gz (see README.md)")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go, e.g. reader.safetensors")
    parser.add_argument("--minutes", type=float, default=75.0, help="of training in all, resumed runs counted in")
    parser.add_argument("--work", type=Path, default=Path(".reader"), help="checkpoints and caches (about 400 MB)")
    parser.add_argument("--start", type=Path, help="weights to go on from, e.g. the shipped reader.safetensors")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    console = Console()
    base = base_folder()
    pool = with_stories(with_made(prepare(given.data, given.work, str(base))), given.work, str(base))
    console.print(f"{len(pool.examples):,} questions over {len(pool.texts):,} texts")
    train(pool, base, given.work, given.minutes, console, given.start)
    digest = finish(pool, given.work, given.out)
    console.print(f"{given.out}: {given.out.stat().st_size:,} bytes, SHA-256 {digest}")
    figures = measure(shipped(given.out), keep_apart(given.data, given.work, str(base)), console)
    (given.work / "figures.json").write_text(json.dumps(figures, indent=1), "utf-8")
    show(figures, console)


def show(figures: dict[str, dict[str, float]], console: Console) -> None:
    table = Table("figure", *figures)
    for name in dict.fromkeys(name for column in figures.values() for name in column):
        table.add_row(name, *(f"{column[name]:.3f}" if name in column else "" for column in figures.values()))
    console.print(table)


if __name__ == "__main__":
    main()
