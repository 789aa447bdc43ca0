"""torch, the loop of its tutorials."""

from functools import partial

import numpy as np
import torch

from benchmarks.references.move import START, STEPS, SURFACE, rates


def torch_optimizer(name, xy, rate):
    """The torch optimizer of that name."""
    optim = torch.optim
    return {
        "SGD": partial(optim.SGD),
        "momentum": partial(optim.SGD, momentum=0.9),
        "Nesterov": partial(optim.SGD, momentum=0.9, nesterov=True),
        "Adagrad": partial(optim.Adagrad, initial_accumulator_value=0.1),
        "RMSprop": partial(optim.RMSprop, alpha=0.9),
        "Adam": partial(optim.Adam),
    }[name]([xy], lr=rate)


def torch_run(name, rate):
    """Positions and losses of one descent."""
    xy = torch.tensor(START, requires_grad=True)
    optimizer, positions, losses = torch_optimizer(name, xy, rate), [START], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = SURFACE(xy)
        loss.backward()
        optimizer.step()
        positions.append(xy.detach().numpy().copy())
        losses.append(loss.item())
    return np.array(positions), np.array(losses)


def torch_loop(move):
    """Six descents in torch."""
    for name, rate in rates(move).items():
        torch_run(name, rate)
