"""A line of Keras, PyTorch or Optax read back into an optimizer: looked up word by word, and never run."""

from ui.paste.line import Pasted, pasted
from ui.paste.words import PasteError

__all__ = ["PasteError", "Pasted", "pasted"]
