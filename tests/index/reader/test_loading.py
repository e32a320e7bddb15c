"""Weights that are missing, damaged or for another base are refused in one sentence; any CrossEncoder fits."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from index.errors import ModelError
from index.reader import Candidate, load_reader
from index.reader.shipped import shipped
from index.reader.weights import FILE, check_base, cut, joined, load, save
from tests.index.reader.stories import everything


def copied(folder: Path) -> Path:
    for name in (FILE.name, FILE.name + ".sha256"):
        shutil.copyfile(FILE.with_name(name), folder / name)
    return folder / FILE.name


def test_damaged_weights(tmp_path: Path) -> None:
    file = copied(tmp_path)
    whole = bytearray(file.read_bytes())
    whole[-1] ^= 1
    file.write_bytes(whole)
    with pytest.raises(ModelError, match="damaged"):
        shipped(file)


@pytest.mark.parametrize("lost", ["", ".sha256"])
def test_missing_weights(tmp_path: Path, lost: str) -> None:
    file = copied(tmp_path)
    file.with_name(file.name + lost).unlink()
    with pytest.raises(ModelError, match="missing"):
        shipped(file)


def test_another_base(tmp_path: Path) -> None:
    other = tmp_path / "model.safetensors"
    other.write_bytes(b"something else")
    with pytest.raises(ModelError, match="not the all-MiniLM-L6-v2"):
        check_base(other)


def test_a_cut_difference_comes_back(tmp_path: Path) -> None:
    torch.manual_seed(1)
    base = {"m": torch.randn(20, 12), "v": torch.randn(12)}
    change = torch.randn(20, 12)
    change[3] *= 0.001  # a row that hardly changed has finer steps
    tuned = {"m": base["m"] + change, "v": base["v"] + 1, "head": torch.randn(3, 12)}
    edges = {"m.low": torch.tensor([-1.0, 2.0])}
    save(cut(base, tuned), edges, tmp_path / "w.safetensors", {})
    kept, found = load(tmp_path / "w.safetensors")
    back = joined(base, kept)
    assert torch.equal(found["m.low"].float(), edges["m.low"])
    assert kept["m"].dtype == torch.int8
    assert ((back["m"] - tuned["m"]).abs() <= change.abs().amax(1, keepdim=True) / 250).all()
    for name in ("v", "head"):
        assert torch.allclose(back[name], tuned[name], atol=0.01)


def tiny(folder: Path, labels: int) -> str:
    """A CrossEncoder of two thousand weights, saved to a folder."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "when", "does", "it", "end", "on", "may", "3", "."]
    tokenizer = Tokenizer(models.WordPiece({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    torch.manual_seed(0)
    shape: Any = BertConfig
    config = shape(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_a_crossencoder_from_a_folder(tmp_path: Path) -> None:
    reader = load_reader(tiny(tmp_path, labels=1))
    candidates = everything()
    readings = reader.read("when does it end?", candidates)
    assert len(readings) == len(candidates)
    assert all(r.span is None and r.span_score == 0 for r in readings)
    assert len({r.evidence for r in readings}) > 1
    again = reader.read("when does it end?", candidates[::-1])[::-1]
    assert [r.evidence for r in again] == pytest.approx([r.evidence for r in readings], abs=1e-4)
    assert reader.read("when?", []) == []
    assert len(reader.read("when?", [Candidate("", "", "", "")])) == 1


def test_a_crossencoder_with_three_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 scores"):
        load_reader(tiny(tmp_path, labels=3))


def test_no_such_crossencoder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reader(str(tmp_path / "nothing"))
