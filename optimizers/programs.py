"""Compiled programs are kept on disk, so that the second start of the app does not compile them again."""

import os
from pathlib import Path

import jax


def keep_programs(folder: Path) -> None:
    """Keep all compiled programs in `folder`, or in that of the environment variable JAX_COMPILATION_CACHE_DIR."""
    jax.config.update("jax_compilation_cache_dir", os.environ.get("JAX_COMPILATION_CACHE_DIR", str(folder)))
    # by default JAX keeps only programs that took a second to compile; here most take less
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
