"""What a descent leaves behind: every number of every step, and what became of it."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a descent.

    * `kind`: `converged` (as low as the lowest known), `local_minimum`, `saddle`, `maximum`, `plain` (nothing pulls
      there), `still_moving` or `diverged`;
    * `step`: when it got there (or the last step);
    * `sentence`: that in words, with the cause where it is known;
    * `hovers`: how far it keeps swinging around the place where it is, rounded up; 0 if it rests there;
    * `shape`: what lies around that place, one of `landscapes.surroundings.SHAPES`, and `where`, what it is called:
      "the global minimum", "a level floor above the lowest point known"; both empty for a run that is nowhere yet;
    * `place`: that place, (x, y), None for a run that is nowhere yet;
    * `dies_out`: whether the swing becomes smaller and smaller in a longer run;
    * `wanders`: whether noise moves it along a level floor, where nothing holds it;
    * `leaves`: the step at which a longer run leaves the place again, None if it does not or was not asked;
    * `so_far`: whether that could not be seen.
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
    """One descent, float64, never NaN or infinite; a diverged one ends where it passed the bound.

    With n steps taken (n < the steps asked for only if it diverged):

    * `positions` (n + 1, 2), the start at 0; `losses` (n + 1,) of the full landscape;
    * `gradients` (n, 2) as the batches gave them, before any clipping or regularization; `learning_rates` (n,);
    * `slots`, the optimizer's state by name, each (n + 1, 2);
    * `final_gradient` (2,) of the full landscape at the end; `outcome`.
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
        """How many steps were taken."""
        return len(self.gradients)
