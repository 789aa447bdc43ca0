"""Set before anything imports Keras: the reference runs on the same arithmetic as the project."""

import os

os.environ["KERAS_BACKEND"] = "jax"
