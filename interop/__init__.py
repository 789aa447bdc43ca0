"""Settings as a program in Keras, PyTorch or Optax, and such programs read back; no display, and nothing is run."""

from interop.read import Program, ProgramError, read_program
from interop.write import LIBRARIES, ProgramSource, write_program

__all__ = ["LIBRARIES", "Program", "ProgramError", "ProgramSource", "read_program", "write_program"]
