"""The digits held out that the network misclassifies at the end, as small pictures."""

import base64
import html
import io

import numpy as np
import streamlit as st
from PIL import Image

from experiment.network.experiment import Experiment
from experiment.network.runs import Run, best_run, runs
from studies.network import digits
from studies.network.perceptron import outputs

MAX_FIGURES = 14


def misclassified(experiment: Experiment) -> None:
    """Draw the digits that the best of the methods misclassifies."""
    run = best_run(runs(experiment))
    rows = mistakes(experiment, run)
    if not rows:
        return
    _, validation = digits(int(experiment.rows))
    figures = "".join(
        _figure(validation.x[row], f"{validation.y[row]} read as {read}") for row, read in rows[:MAX_FIGURES]
    )
    head = f"Held out, and misread by {html.escape(run.name)} in the end"
    st.html(f'<p class="descent-misread-head">{head}</p><div class="descent-misread">{figures}</div>')


def mistakes(experiment: Experiment, run: Run) -> list[tuple[int, int]]:
    """The misclassified digits among those held out: (row, digit that the network reads) for each."""
    _, validation = digits(int(experiment.rows))
    read = np.asarray(outputs(run.training.weights[-1].astype(float), validation.x)).argmax(axis=1)
    return [(int(row), int(read[row])) for row in np.flatnonzero((read != validation.y) & validation.present)]


def _figure(pixels: np.ndarray, words: str) -> str:
    png = io.BytesIO()
    Image.fromarray(np.uint8(255 * (1 - pixels.reshape(8, 8)))).save(png, "PNG")
    source = base64.b64encode(png.getvalue()).decode()
    return f'<figure><img alt="" src="data:image/png;base64,{source}"><figcaption>{words}</figcaption></figure>'
