"""A linear-chain CRF over sparse binary features: training by AdaGrad, decoding of many sentences at once.

Nothing in here knows what the features or the labels mean. Sentences are lists of feature rows `[characters, features]`
whose numbers index the rows of `weights`; row 0 is the feature that was never seen and weighs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(slots=True)
class Crf:
    """`weights[feature, label]` and `transitions[label before, label]`, the last row of it for the first character."""

    weights: Floats
    transitions: Floats

    @property
    def labels(self) -> int:
        return int(self.weights.shape[1])

    def emissions(self, features: Ints) -> Floats:
        """Scores `[characters, labels]` of feature rows."""
        scores = np.zeros((len(features), self.labels), dtype=np.float32)
        for column in range(features.shape[1]):
            scores += self.weights[features[:, column]]
        return scores

    def decode(self, scores: Floats, lengths: Sequence[int]) -> npt.NDArray[np.int64]:
        """The best label of every character; `scores` holds the sentences one after the other."""
        order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
        starts = np.cumsum([0, *lengths])[:-1]
        sizes = np.asarray([lengths[i] for i in order])
        begin = starts[order]
        best = np.zeros(int(sum(lengths)), dtype=np.int64)
        if not len(best):
            return best
        longest = int(sizes[0])
        active = [int((sizes > step).sum()) for step in range(longest)]
        came_from = []
        alpha = scores[begin[: active[0]]] + self.transitions[-1]
        ends: list[Floats] = [alpha]
        for step in range(1, longest):
            n = active[step]
            paths = alpha[:n, :, None] + self.transitions[:-1][None]
            came_from.append(paths.argmax(1))
            alpha = np.take_along_axis(paths, came_from[-1][:, None], 1)[:, 0] + scores[begin[:n] + step]
            ends.append(alpha)
        label = np.zeros(len(order), dtype=np.int64)
        for step in range(longest - 1, -1, -1):
            n, after = active[step], active[step + 1] if step + 1 < longest else 0
            if after:
                label[:after] = came_from[step][np.arange(after), label[:after]]
            label[after:n] = ends[step][after:n].argmax(1)
            best[begin[:n] + step] = label[:n]
        return best


def _log_sum_exp(values: Any, axis: int) -> Any:
    top = values.max(axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis)) + np.squeeze(top, axis)


def _expectations(scores: Floats, transitions: Floats, gold: Ints) -> tuple[float, Any, Any]:
    """Loss of a batch of sentences of one length, and the gradients of scores and transitions."""
    batch, length, labels = scores.shape
    alpha = np.empty_like(scores)
    beta = np.zeros_like(scores)
    inner, first = transitions[:-1], transitions[-1]
    alpha[:, 0] = scores[:, 0] + first
    for t in range(1, length):
        alpha[:, t] = _log_sum_exp(alpha[:, t - 1, :, None] + inner[None], 1) + scores[:, t]
    for t in range(length - 2, -1, -1):
        beta[:, t] = _log_sum_exp(inner[None] + (scores[:, t + 1] + beta[:, t + 1])[:, None, :], 2)
    total = _log_sum_exp(alpha[:, -1], 1)
    grad = np.exp(alpha + beta - total[:, None, None])
    grad_transitions = np.zeros_like(transitions)
    grad_transitions[-1] = grad[:, 0].sum(0)
    for t in range(1, length):
        pairs = alpha[:, t - 1, :, None] + inner[None] + (scores[:, t] + beta[:, t])[:, None, :]
        grad_transitions[:-1] += np.exp(pairs - total[:, None, None]).sum(0)
    rows = np.arange(batch)[:, None]
    steps = np.arange(length)[None]
    reached = scores[rows, steps, gold].sum() + first[gold[:, 0]].sum()
    grad[rows, steps, gold] -= 1
    np.subtract.at(grad_transitions, (labels, gold[:, 0]), 1)
    if length > 1:
        reached += inner[gold[:, :-1], gold[:, 1:]].sum()
        np.subtract.at(grad_transitions, (gold[:, :-1], gold[:, 1:]), 1)
    return float(total.sum() - reached), grad, grad_transitions


def train(
    sentences: Sequence[tuple[Ints, Ints]],
    features: int,
    labels: int,
    *,
    epochs: int = 12,
    rate: float = 0.12,
    decay: float = 0.02,
    dropout: float = 0.2,
    batch: int = 4000,
    seed: int = 0,
    report: Callable[[int, float], None] | None = None,
) -> Crf:
    """Learn the weights of `features` rows from sentences of feature rows and gold labels.

    `rate` is AdaGrad's step, `decay` the pull of weights towards zero, `dropout` the share of features left out of a
    batch, `batch` the characters in one. The same seed gives the same weights. The average of the second half of all
    steps is what comes out. `report` is called after each epoch with the loss per character.
    """
    random = np.random.default_rng(seed)
    weights = np.zeros((features, labels), dtype=np.float32)
    squares = np.full((features, labels), 0.1, dtype=np.float32)
    transitions = np.zeros((labels + 1, labels), dtype=np.float32)
    squares_t = np.full_like(transitions, 0.1)
    average, average_t, averaged = np.zeros_like(weights), np.zeros_like(transitions), 0
    by_length: dict[int, list[int]] = {}
    for index, (rows, _) in enumerate(sentences):
        by_length.setdefault(len(rows), []).append(index)
    characters = sum(len(rows) for rows, _ in sentences)
    for epoch in range(epochs):
        groups = _batches(by_length, batch, random)
        loss = 0.0
        for group in groups:
            keep = random.random(features) >= dropout if dropout else None
            if keep is not None:
                keep[0] = True
            total, ids, grad, grad_t, size = _batch_gradient(sentences, group, weights, transitions, keep, dropout)
            loss += total
            grad += decay * weights[ids] * (size / characters) * 50
            squares[ids] += grad * grad
            weights[ids] -= rate * grad / np.sqrt(squares[ids])
            weights[0] = 0
            squares_t += grad_t * grad_t
            transitions -= rate * grad_t / np.sqrt(squares_t)
        if epoch >= epochs // 2:
            average += weights
            average_t += transitions
            averaged += 1
        if report:
            report(epoch, loss / characters)
    return Crf((average / averaged).astype(np.float32), (average_t / averaged).astype(np.float32))


def _batches(by_length: dict[int, list[int]], batch: int, random: np.random.Generator) -> list[list[list[int]]]:
    """Batches of about as many characters, each a list of groups of sentences of one length."""
    groups = []
    for length, members in by_length.items():
        shuffled = random.permutation(members).tolist()
        step = max(1, 600 // length)
        groups += [shuffled[i : i + step] for i in range(0, len(shuffled), step)]
    order = random.permutation(len(groups))
    batches: list[list[list[int]]] = []
    current: list[list[int]] = []
    size = 0
    for index in order:
        current.append(groups[index])
        size += 600
        if size >= batch:
            batches.append(current)
            current, size = [], 0
    return [*batches, current] if current else batches


def _batch_gradient(
    sentences: Sequence[tuple[Ints, Ints]],
    group: list[list[int]],
    weights: Floats,
    transitions: Floats,
    keep: npt.NDArray[np.bool_] | None,
    dropout: float,
) -> tuple[float, Ints, Floats, Floats, int]:
    """Loss, the features that occur, the gradients of their weights and of the transitions, and the size."""
    rows = np.concatenate([sentences[i][0] for part in group for i in part])
    if keep is not None:
        rows = np.where(keep[rows], rows, 0)
    scores = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    for column in range(rows.shape[1]):
        scores += weights[rows[:, column]]
    if keep is not None:
        scores /= 1 - dropout
    grads = np.empty_like(scores)
    grad_t = np.zeros_like(transitions)
    loss, position = 0.0, 0
    for part in group:
        gold = np.stack([sentences[i][1] for i in part])
        count, length = gold.shape
        stop = position + count * length
        total, grad, part_t = _expectations(scores[position:stop].reshape(count, length, -1), transitions, gold)
        grads[position:stop] = grad.reshape(count * length, -1)
        grad_t += part_t
        loss += total
        position = stop
    if keep is not None:
        grads /= 1 - dropout
    flat = rows.ravel()
    order = np.argsort(flat, kind="stable")
    ids, begins = np.unique(flat[order], return_index=True)
    summed = np.add.reduceat(grads[order // rows.shape[1]], begins, axis=0)
    return loss, ids.astype(np.int32), summed, grad_t, len(rows)
