"""The lines that prove that a racer can't get out again."""

import streamlit as st

DERIVED = (
    r"v^+ = \beta v - \eta g,\qquad x^+ = x + v^+,\qquad E = f(x) + \frac{\beta}{2\eta}\lvert v\rvert^2",
    r"f(x^+) \le f(x) + g\cdot v^+ + \frac{\lambda}{2}\lvert v^+\rvert^2"
    r",\qquad g\cdot v^+ \le \frac{\beta}{2\eta}\lvert v\rvert^2 - \frac{2-\beta}{2\eta}\lvert v^+\rvert^2",
    r"E^+ \le E - \left(\frac{1-\beta}{\eta} - \frac{\lambda}{2}\right)\lvert v^+\rvert^2"
    r"\quad\Rightarrow\quad E \text{ never rises while } \eta \le \frac{2(1-\beta)}{\lambda}",
)
"""The proof that the energy never rises, in three lines of LaTeX."""


def derivation() -> None:
    """Draw the proof of the bound, in a section that can be opened."""
    with st.expander("Why it can never get out again"):
        st.caption(
            "Let no curvature on the way be above λ. Taylor's bound, then 2v·v⁺ ≤ |v|² + |v⁺|², then the sum of both. "
            "The same lines hold for any part of a step, so none can leap over a barrier above E."
        )
        for line in DERIVED:
            st.latex(rf"\small {line}")
        st.caption("Ochs, Chen, Brox and Pock, 2014. Looked up on a fine grid; not for noise, schedules or Nesterov.")
