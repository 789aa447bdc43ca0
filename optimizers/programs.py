"""Compiled programs outlive the process: the second start finds them on disk."""

import os
from pathlib import Path

import jax


def keep_programs(folder: Path) -> None:
    """Keep compiled programs in a folder, unless the environment already names one."""
    if "JAX_COMPILATION_CACHE_DIR" in os.environ:
        return
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
