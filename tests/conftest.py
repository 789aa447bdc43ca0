"""Set before anything compiles or imports Keras: one arithmetic for both, and what one worker compiles serves the
other."""

import atexit
import os
import shutil
import tempfile
import threading
from pathlib import Path

from optimizers.programs import keep_programs
from ui import start_up

os.environ["KERAS_BACKEND"] = "jax"

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["JAX_COMPILATION_CACHE_DIR"] = tempfile.mkdtemp(prefix="descent-programs-")
    atexit.register(shutil.rmtree, os.environ["JAX_COMPILATION_CACHE_DIR"], ignore_errors=True)

keep_programs(Path(os.environ["JAX_COMPILATION_CACHE_DIR"]))

start_up.PATIENCE = threading.TIMEOUT_MAX
"""The server of the browser tests compiles ahead for its visitors; here it would only take the processor from tests."""
