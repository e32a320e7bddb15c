"""No figure of ``tests/deals`` may fall by more than two questions below what docs/quality.md tells.

Nor of any other set that the table has a row for and that is at hand: ``EVALUATE_SETS="folder …"`` names them.
"""

import json
import os
from pathlib import Path

import pytest

from tests.evaluate.__main__ import NOTED, QUALITY, evaluate, table
from tests.evaluate.sets import TESTS, load_set

LESS = 2  # questions: rounding differs between processors
SETS = {"tests/deals": TESTS / "deals"} | {Path(s).name: Path(s) for s in os.environ.get("EVALUATE_SETS", "").split()}


@pytest.mark.parametrize("name", SETS)
async def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    noted = json.loads(NOTED.read_text("utf-8"))[name]
    tally = await evaluate(load_set(SETS[name]), tmp_path)
    got = {figure: sum(hits) for figure, hits in tally.hits.items()}
    assert got.keys() == noted.keys()
    assert not {f: (n, noted[f]) for f, n in got.items() if n < noted[f][0] - LESS}


def test_the_table_is_the_noted_one() -> None:
    assert table(json.loads(NOTED.read_text("utf-8"))) in QUALITY.read_text("utf-8")
