"""A program in Keras, PyTorch or Optax read back into an optimizer. It is looked up word by word, and never run."""

from interop.read.line import Program, read_program
from interop.read.words import ProgramError

__all__ = ["Program", "ProgramError", "read_program"]
