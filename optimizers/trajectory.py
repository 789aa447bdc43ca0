"""The result of a descent: every number of every step, and its outcome."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The outcome of a descent.

    * `kind`: `converged` (as low as the lowest known loss), `local_minimum`, `saddle`, `maximum`, `plain` (the gradient
      is too small to move it), `still_moving` or `diverged`;
    * `step`: the step at which it got there, or the last step;
    * `sentence`: the outcome in words, with its cause where that is known;
    * `hovers`: the distance within which it keeps swinging around its place, rounded up; 0 if it rests there;
    * `shape`: what is around the place, one of `landscapes.surroundings.SHAPES`; `where`: its name, as "the global
      minimum" or "a level floor above the lowest point known". Both are "" for a run that has not settled;
    * `place`: the place, (x, y); None for a run that has not settled;
    * `dies_out`: whether the swing becomes smaller and smaller in a longer run;
    * `wanders`: whether noise moves it along a level floor, where nothing holds it;
    * `leaves`: the step by which a longer run leaves the place; None if it stays, or no longer run was needed;
    * `so_far`: whether a longer run might say otherwise.
    """

    kind: str
    step: int
    sentence: str
    hovers: float = 0.0
    shape: str = ""
    where: str = ""
    place: tuple[float, float] | None = None
    dies_out: bool = False
    wanders: bool = False
    leaves: int | None = None
    so_far: bool = False


@dataclasses.dataclass(frozen=True, eq=False)
class Trajectory:
    """One descent, in float64 and always finite. A diverged descent ends where it passed the bound.

    n is the number of steps taken, which is less than was asked for only if it diverged:

    * `positions` (n + 1, 2), the start at 0; `losses` (n + 1,) of the full landscape;
    * `gradients` (n, 2), those of the batches, before any clipping or regularization; `learning_rates` (n,);
    * `slots`, the optimizer's state by name, each (n + 1, 2);
    * `final_gradient` (2,), that of the full landscape at the last point; `outcome`.
    """

    positions: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray
    learning_rates: np.ndarray
    slots: dict[str, np.ndarray]
    final_gradient: np.ndarray
    outcome: Outcome

    @property
    def steps(self) -> int:
        """n, the number of steps taken."""
        return len(self.gradients)
