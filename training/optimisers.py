"""The loss, and Muon."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class ChunkedCrossEntropy(torch.autograd.Function):
    """Label-smoothed cross-entropy, a chunk of tokens at a time.

    The gradients are made on the way forward, so the logits of all tokens over the whole vocabulary, most of the memory
    of a step, never exist at once.
    """

    @staticmethod
    def forward(
        context: Any, states: Tensor, embedding: Tensor, bias: Tensor, labels: Tensor, smoothing: float, scale: float
    ) -> Tensor:
        """The summed negative log-likelihood, without the smoothing, of `labels` (N,) for decoder states (N, d).

        The gradients are of the smoothed loss times `scale`.
        """
        vocabulary = embedding.size(0)
        states_grad, embedding_grad, bias_grad = (
            torch.empty_like(states),
            torch.zeros_like(embedding),
            torch.zeros_like(bias),
        )
        loss = torch.zeros((), device=states.device)
        chunk = 16384 if states.is_cuda else 1536
        for start in range(0, states.size(0), chunk):
            x, gold = states[start : start + chunk], labels[start : start + chunk, None]
            logits = torch.addmm(bias, x, embedding.t())
            gold_logits, highest = logits.gather(1, gold), logits.amax(-1, keepdim=True)
            grad = logits.sub_(highest).exp_()
            total = grad.sum(-1, keepdim=True)
            loss += (total.log() + highest - gold_logits).sum()
            grad.div_(total).sub_(smoothing / vocabulary)
            grad.scatter_add_(1, gold, torch.full_like(gold_logits, smoothing - 1)).mul_(scale)
            torch.mm(grad, embedding, out=states_grad[start : start + chunk])
            embedding_grad.addmm_(grad.t(), x)
            bias_grad += grad.sum(0)
        context.save_for_backward(states_grad, embedding_grad, bias_grad)
        return loss

    @staticmethod
    def backward(context: Any, *_: Tensor) -> tuple[Tensor | None, ...]:
        """The gradients made on the way forward."""
        return (*context.saved_tensors, None, None, None)


class Muon:
    """Momentum made orthogonal (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/), for hidden matrices.

    Args:
        matrices: the weights, each (out, in). Those stacked of several (query, key, value) are made orthogonal apart.
        width: of the model, by which a stack is known.
        momentum: how much of the last step's direction stays.
    """

    def __init__(self, matrices: list[Tensor], width: int, momentum: float) -> None:
        self.matrices, self.width, self.momentum = matrices, width, momentum
        self.buffers = [torch.zeros_like(matrix) for matrix in matrices]

    def step(self, rate: float) -> None:
        """Change the matrices against their gradients."""
        with torch.no_grad():
            for matrix, buffer in zip(self.matrices, self.buffers, strict=True):
                assert matrix.grad is not None
                buffer.mul_(self.momentum).add_(matrix.grad)
                direction = matrix.grad.add(buffer, alpha=self.momentum)
                stacked = direction.size(1) == self.width and direction.size(0) in (2 * self.width, 3 * self.width)
                blocks = direction.split(self.width) if stacked else (direction,)
                update = torch.cat(
                    [orthogonal(block) * max(1.0, block.size(0) / block.size(1)) ** 0.5 for block in blocks]
                )
                matrix.mul_(1 - rate * 0.01).add_(update, alpha=-rate)


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    """A matrix with the same singular vectors and singular values near 1, by a Newton-Schulz iteration.

    A quintic one, with the coefficients that the authors of Muon found for few steps. In bfloat16 on a GPU.
    """
    x = matrix.bfloat16() if matrix.is_cuda else matrix
    x = x / (x.norm() + 1e-7)
    tall = x.size(0) > x.size(1)
    x = x.T.contiguous() if tall else x
    for _ in range(steps):
        square = x @ x.T
        x = torch.addmm(x, torch.addmm(square, square, square, beta=-4.7750, alpha=2.0315), x, beta=3.4445)
    return (x.T if tall else x).float()
