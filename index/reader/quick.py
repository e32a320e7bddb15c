"""Whole-number arithmetic for the encoder's matrices: faster than half precision, at some 7 % of noise.

Owns the quantised form of a linear layer: weights in 8 bits with a scale for each output, activations in 8
bits with fixed edges that were measured once after training, so that a row's scores do not depend on the
rows it happens to run with. Uses oneDNN operators of torch that are not part of its public face, hence the
pin in pyproject.toml; without them it is half precision, and without that single.

A few of MiniLM's channels are ten times as loud as the rest and would drown them in 8 bits. Their loudness
is moved into the weights (SmoothQuant, Xiao et al. 2023): x @ W = (x / calm) @ (calm * W).
"""

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn

from index.reader.network import LAYERS, Layer, Network

PARTS = ("qkv", "out", "up", "down")
MOVED = 0.8  # of a channel's loudness; chosen by the noise it leaves on the evidence score
MARGIN = 1.2  # beyond the edges measured; what still lies outside is cut off


class QuickLinear(nn.Module):
    """Computes what ``linear`` does (then GELU, where wanted) into numbers of the kind ``out``.

    ``low`` and ``high`` are the edges of each input channel.
    """

    def __init__(self, linear: nn.Linear, low: Tensor, high: Tensor, out: torch.dtype, gelu: bool) -> None:
        super().__init__()
        self._out = out
        weight = linear.weight.detach().float()
        loud = torch.maximum(low.abs(), high.abs()).float().clamp_min(1e-3)
        calm = loud**MOVED / weight.abs().amax(0).clamp_min(1e-4) ** (1 - MOVED)
        weight = weight * calm
        scales = weight.abs().amax(1).clamp_min(1e-8) / 127
        first = min(0.0, float((low.float() / calm).min())) * MARGIN
        last = max(0.0, float((high.float() / calm).max())) * MARGIN
        self._step = (last - first) / 255
        self._zero = round(-first / self._step)
        self._factor = 1 / (calm * self._step)
        self._middle = torch.tensor(self._zero + 0.5)  # adding the half and cutting rounds
        whole = (weight / scales[:, None]).round().to(torch.int8)
        self._packed: Tensor = torch.ops.onednn.qlinear_prepack(whole, None)
        self._scales, self._bias = scales, linear.bias.detach().float()
        self._zeros = torch.zeros(len(weight), dtype=torch.int32)
        self._after, self._kind = ("gelu", "none") if gelu else ("none", "")

    def forward(self, x: Tensor) -> Tensor:
        whole = torch.addcmul(self._middle, x.float(), self._factor).clamp_(0, 255).to(torch.uint8)
        done: Tensor = torch.ops.onednn.qlinear_pointwise(
            whole, self._step, self._zero, self._packed, self._scales, self._zeros, self._bias,
            1.0, 0, self._out, self._after, [], self._kind,
        )  # fmt: skip
        return done


def layers(network: Network) -> Iterator[tuple[str, Layer, str]]:
    """Every matrix of the encoder: its name, its layer and the attribute it is."""
    for n in range(LAYERS):
        layer = network.layers[n]
        assert isinstance(layer, Layer)
        for part in PARTS:
            yield f"layers.{n}.{part}", layer, part


def quickened(network: Network, edges: Mapping[str, Tensor]) -> Network:
    """The network in the fastest arithmetic this processor has; changed in place, for reading only."""
    if not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return network
    whole = bool(edges) and hasattr(torch.ops.onednn, "qlinear_prepack")
    # Beside whole numbers half precision is worth it only where the processor counts in it, and does not emulate it.
    between = torch.float32 if whole and not torch.cpu._is_avx512_bf16_supported() else torch.bfloat16
    if whole:
        for name, layer, part in layers(network):
            exact = getattr(layer, part)
            quick = QuickLinear(exact, edges[f"{name}.low"], edges[f"{name}.high"], between, gelu=part == "up")
            setattr(layer, part, quick)
            layer.bend = nn.Identity()
    return network.to(between)


def measured(network: Network, run: Iterator[object]) -> dict[str, Tensor]:
    """The edges of every matrix's input channels while ``run`` puts the network to work."""
    edges: dict[str, Tensor] = {}

    def watch(name: str, x: Tensor) -> None:
        low, high = x.amin(0), x.amax(0)
        edges[f"{name}.low"] = torch.minimum(edges.get(f"{name}.low", low), low)
        edges[f"{name}.high"] = torch.maximum(edges.get(f"{name}.high", high), high)

    hooks = [
        getattr(layer, part).register_forward_pre_hook(lambda _, given, name=name: watch(name, given[0]))
        for name, layer, part in layers(network)
    ]
    for _ in run:
        pass
    for hook in hooks:
        hook.remove()
    return edges
