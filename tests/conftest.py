"""Set before anything compiles or imports Keras: one arithmetic for both, and what is compiled once serves all.

Both workers, the server of the browser tests and the next run find the programs in one folder; `make clean` empties it.
"""

import os
import threading
from pathlib import Path

from optimizers.programs import keep_programs
from ui.server import start_up

os.environ["KERAS_BACKEND"] = "jax"

PROGRAMS = Path(__file__).parents[1] / ".cache" / "tests"
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(PROGRAMS))  # inherited by the server

keep_programs(PROGRAMS)

start_up.FIRST_VISIT_S = threading.TIMEOUT_MAX
"""The server of the browser tests compiles ahead for its visitors; here it would only take the processor from tests."""
