"""The Transformer (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762), pre-norm, with one table of embeddings for
source, target and output. Its weights map one to one onto CTranslate2's `TransformerSpec` (see `export`).

Shapes: B sentences, S source and T target tokens, d the width.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.config import PAD, Size

POSITIONS = 512  # training batches are shorter; an exported model computes its positions and has no bound


def sinusoids(length: int, width: int) -> Tensor:
    """The position table (length, width) as CTranslate2 computes it: sines, then cosines, counted from 1."""
    half = width // 2
    inverse = torch.exp(torch.arange(half).float() * -(math.log(10000) / (half - 1)))
    angles = torch.arange(1, length + 1).float()[:, None] * inverse[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


def _heads(x: Tensor, heads: int) -> Tensor:
    """(B, T, d) → (B, heads, T, d / heads)."""
    batch, length, width = x.shape
    return x.view(batch, length, heads, width // heads).transpose(1, 2)


class SelfAttention(nn.Module):
    """Attention of a sequence on itself."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.query_key_value = nn.Linear(size.width, 3 * size.width)
        self.output = nn.Linear(size.width, size.width)

    def forward(self, x: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """(B, T, d) → (B, T, d); `mask` is True where to look, `causal` bars the look ahead."""
        query, key, value = (_heads(part, self.heads) for part in self.query_key_value(x).chunk(3, -1))
        y = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
        return self.output(y.transpose(1, 2).flatten(2))


class CrossAttention(nn.Module):
    """Attention of the decoder on the encoder's states."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.query = nn.Linear(size.width, size.width)
        self.key_value = nn.Linear(size.width, 2 * size.width)
        self.output = nn.Linear(size.width, size.width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """x (B, T, d), memory (B, S, d), mask (B, 1, 1, S) → (B, T, d)."""
        query = _heads(self.query(x), self.heads)
        key, value = (_heads(part, self.heads) for part in self.key_value(memory).chunk(2, -1))
        y = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return self.output(y.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    """Two linear layers with a rectifier between them."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(size.width, size.feed_forward), nn.Linear(size.feed_forward, size.width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, d) → (B, T, d)."""
        return self.outer(F.relu(self.inner(x)))


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each on the normed input and added to it."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.attention_norm, self.attention = nn.LayerNorm(size.width), SelfAttention(size)
        self.feed_forward_norm, self.feed_forward = nn.LayerNorm(size.width), FeedForward(size)
        self.dropout = nn.Dropout(size.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (B, S, d), mask (B, 1, 1, S) → (B, S, d)."""
        x = x + self.dropout(self.attention(self.attention_norm(x), mask))
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class DecoderLayer(nn.Module):
    """An encoder layer that looks only back, with attention on the encoder's states."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.attention_norm, self.attention = nn.LayerNorm(size.width), SelfAttention(size)
        self.cross_norm, self.cross = nn.LayerNorm(size.width), CrossAttention(size)
        self.feed_forward_norm, self.feed_forward = nn.LayerNorm(size.width), FeedForward(size)
        self.dropout = nn.Dropout(size.dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """x (B, T, d), memory (B, S, d), mask (B, 1, 1, S) → (B, T, d)."""
        x = x + self.dropout(self.attention(self.attention_norm(x), causal=True))
        x = x + self.dropout(self.cross(self.cross_norm(x), memory, mask))
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class Transformer(nn.Module):
    """Encoder and decoder over one vocabulary.

    Args:
        size: the shape.
        vocabulary: number of pieces.
    """

    def __init__(self, size: Size, vocabulary: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, size.width, padding_idx=PAD)
        self.output_bias = nn.Parameter(torch.zeros(vocabulary))
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.dropout = nn.Dropout(size.dropout)
        self.scale = math.sqrt(size.width)
        self.register_buffer("positions", sinusoids(POSITIONS, size.width), persistent=False)
        nn.init.normal_(
            self.embedding.weight, std=0.35 / self.scale
        )  # small: most pieces are rare, and tied to the output
        self.embedding.weight.data[PAD].zero_()
        for name, matrix in self.named_hidden():
            nn.init.xavier_uniform_(matrix, gain=0.7 if "output" in name or "outer" in name else 1.0)

    def named_hidden(self) -> list[tuple[str, nn.Parameter]]:
        """The matrices between embeddings and output, which Muon trains."""
        return [(name, p) for name, p in self.named_parameters() if p.dim() == 2 and name != "embedding.weight"]

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """The decoder's last states (B, T, d) for ids `source` (B, S) and what was written so far, `target` (B, T)."""
        mask = (source != PAD)[:, None, None, :]
        memory = self._embed(source)
        for layer in self.encoder:
            memory = layer(memory, mask)
        memory = self.encoder_norm(memory)
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, memory, mask)
        return self.decoder_norm(x)

    def _embed(self, ids: Tensor) -> Tensor:
        return self.dropout(self.embedding(ids) * self.scale + self.positions[: ids.size(1)])
