"""What JAX traces, written as JavaScript: the algebra stays in Python, and the browser can do it too."""

from codegen.program import Program, javascript

__all__ = ["Program", "javascript"]
