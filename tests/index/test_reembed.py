"""Another embedding model: everything is embedded anew, or nothing is."""

import asyncio
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from index.embed import DEFAULT_MODEL, default_model_folder
from tests.helpers import made
from tests.helpers.command import Dealwire
from tests.helpers.look import check_database, check_dense, rows

DIMENSIONS = 32
KILLS = 4


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a real sentence-transformers model with few and random weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    base, folder = tmp_path_factory.mktemp("bert"), tmp_path_factory.mktemp("tiny")
    BertModel(
        BertConfig(hidden_size=DIMENSIONS, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    ).save_pretrained(base)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        if (default_model_folder() / name).exists():
            shutil.copy(default_model_folder() / name, base)
    SentenceTransformer(modules=[Transformer(str(base)), Pooling(DIMENSIONS)], device="cpu").save(str(folder))
    return str(folder)


def model_of(data_dir: Path) -> tuple[str, int]:
    """The model's name and the dimensions of every stored vector, which must all be of one length."""
    [(name,)] = rows(data_dir, "SELECT embedding_model FROM state")
    [(length,)] = rows(data_dir, "SELECT length(embedding) FROM passages UNION SELECT length(embedding) FROM deals")
    return name, length // 4


async def test_ingesting_with_another_model_embeds_everything_anew(dealwire: Dealwire, tiny: str) -> None:
    for number in range(10):
        made.write(dealwire.folder / "news", number)
    dealwire("ingest", "news")
    dealwire("deal", "add", "quays", "--about", made.text(3))
    before = rows(dealwire.data_dir, 'SELECT id, article_id, start, "end", terms FROM passages')
    other = {"DEALWIRE_EMBEDDING_MODEL": tiny}
    for args in (["ask", "what was sold?"], ["deal", "add", "x", "--about", "y"]):
        refused = dealwire(*args, "--json", env=other)
        assert (refused.status, refused.out) == (1, "") and "Traceback" not in refused.err
        assert f"The index was embedded with {DEFAULT_MODEL!r}, this process runs {tiny!r}" in refused.complaint
    assert len(dealwire("articles", "--json", env=other).json) == 10  # what needs no vectors works all the same
    assert model_of(dealwire.data_dir) == (DEFAULT_MODEL, 384)

    made.write(dealwire.folder / "more", 20)
    done = dealwire("ingest", "more", "--json", env=other)
    assert done.status == 0 and done.json["added"] == 1, done.err
    assert f"embedding {len(before)} stored passages anew, with {tiny}" in done.err.replace("\n", "")
    assert model_of(dealwire.data_dir) == (tiny, DIMENSIONS)
    after = rows(dealwire.data_dir, 'SELECT id, article_id, start, "end", terms FROM passages WHERE article_id <= 10')
    assert after == before
    check_database(dealwire.data_dir, DIMENSIONS)
    await check_dense(dealwire.data_dir, tiny)
    assert dealwire("ask", "what was sold?", "--json", env=other).status == 0
    refused = dealwire("ask", "what was sold?", "--json")
    assert refused.status == 1 and f"The index was embedded with {tiny!r}" in refused.complaint
    linked = rows(dealwire.data_dir, "SELECT article_id, likeness FROM deal_articles")
    assert linked and all(likeness >= 0.45 for _, likeness in linked)
    assert "embedded anew" not in dealwire("ingest", "more", env=other).err


def test_killed_in_the_middle_the_old_state_is_whole(dealwire: Dealwire, tiny: str) -> None:
    chance = random.Random(7)
    for number in range(120):
        made.write(dealwire.folder / "news", number)
    assert dealwire("ingest", "news", env={"DEALWIRE_EMBEDDING_MODEL": tiny}).status == 0
    assert dealwire("deal", "add", "x", "--about", "y", env={"DEALWIRE_EMBEDDING_MODEL": tiny}).status == 0
    for kill in range(KILLS):
        working = dealwire.start("ingest", "news")
        working.until("stored passages anew")
        time.sleep(chance.uniform(0, 1))
        working.signal(signal.SIGKILL)
        killed = working.wait().status == -signal.SIGKILL
        assert model_of(dealwire.data_dir) in [(tiny, DIMENSIONS), (DEFAULT_MODEL, 384)], f"kill {kill}"
        name, dimensions = model_of(dealwire.data_dir)
        check_database(dealwire.data_dir, dimensions)
        asyncio.run(check_dense(dealwire.data_dir, name))
        if not killed or name == DEFAULT_MODEL:
            break
    else:
        assert model_of(dealwire.data_dir) == (tiny, DIMENSIONS)
    assert dealwire("ingest", "news", "--json").json["unchanged"] == 120
    assert model_of(dealwire.data_dir) == (DEFAULT_MODEL, 384)
    check_database(dealwire.data_dir)
    asyncio.run(check_dense(dealwire.data_dir, DEFAULT_MODEL))


def test_a_model_that_cannot_be_loaded(dealwire: Dealwire) -> None:
    made.write(dealwire.folder / "news", 1)
    for name in (str(dealwire.folder), "no-such-model-anywhere"):
        done = dealwire("ingest", "news", env={"DEALWIRE_EMBEDDING_MODEL": name})
        assert (done.status, done.out) == (1, "")
        assert f"The embedding model {name!r} could not be loaded" in done.complaint
        assert "set DEALWIRE_EMBEDDING_MODEL to a model's folder or hub name" in done.complaint
