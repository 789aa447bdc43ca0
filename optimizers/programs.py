"""Compiled programs outlive the process: the second start finds them on disk."""

import os
from pathlib import Path

import jax


def keep_programs(folder: Path) -> None:
    """Keep all compiled programs in a folder, or in the one that JAX_COMPILATION_CACHE_DIR names."""
    jax.config.update("jax_compilation_cache_dir", os.environ.get("JAX_COMPILATION_CACHE_DIR", str(folder)))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
