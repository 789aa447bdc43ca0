"""Which library a call belongs to, by its full name once imports are written out."""

import re
from typing import Any

from interop.read import keras, optax, optax_chain, optax_rates, torch
from interop.read.tree import Called
from interop.read.words import ProgramError, excerpt

KERAS = re.compile(
    r"((tf|tensorflow)\.(compat\.v[12]\.)?)?((python\.|api\.|_api\.)*(tf_)?keras\.(api\.|_api\.|src\.|dtensor\.)*)?"
    r"optimizers?(_v1|_v2|_experimental)?\.((optimizer_v2|optimizer_experimental)\.)?"
    r"((legacy|experimental|(adam|sgd|gradient_descent|rmsprop|adamw|nadam|lion|adagrad|adadelta|adamax|ftrl)(_v2)?)\.)?\w+"
)
TORCH = re.compile(r"(torch\.)?optim\.((sgd|adam|adamw|rmsprop|adagrad|adadelta|adamax|nadam|radam)\.)?\w+")
OPTAX = re.compile(r"optax\.(contrib\.)?\w+")

FOREIGN = {
    r"(tfa|tensorflow_addons)\.optimizers": "TensorFlow Addons",
    r"mlx\.optimizers": "MLX",
    r"jax\.(example_libraries|experimental)\.(optimizers|stax)": "JAX's example libraries",
    r"transformers\.(optimization\.)?(AdamW|Adafactor|AdamWeightDecay|Trainer|create_optimizer)": "Transformers",
    r"(bitsandbytes|bnb)\.optim": "bitsandbytes",
    r"timm\.": "timm",
    r"(paddle|paddle\.fluid)\.optimizer": "Paddle",
    r"fastai\.": "fastai",
    r"sklearn\.": "scikit-learn",
    r"(torch_optimizer|pytorch_optimizer|torchopt|optim_extra)\.": "a library of further PyTorch optimizers",
    r"apex\.optimizers": "Apex",
    r"deepspeed\.": "DeepSpeed",
    r"(adabelief_pytorch|adabelief_tf|ranger\w*|sophia|madgrad|prodigyopt|schedulefree|dadaptation)\.": (
        "a library of one optimizer"
    ),
    r"lion_pytorch\.": "lion-pytorch",
    r"flax\.optim": "Flax",
    r"(jaxopt|optimistix)\.": "a library of solvers for JAX",
    r"tf\.(compat\.v1\.)?train\.": "TensorFlow 1",
    r"tensorflow\.(compat\.v1\.)?train\.": "TensorFlow 1",
    r"(mxnet|mx)\.": "MXNet",
    r"tinygrad\.": "tinygrad",
    r"(mindspore|oneflow|chainer|jittor|mindspore\.nn)\.": "another library",
    r"(SGDClassifier|SGDRegressor|MLPClassifier|MLPRegressor)$": "scikit-learn",
}
"""Libraries that are known by name but not read, since their arithmetic or their arguments differ."""

SHAPED = re.compile(
    r"(\w*(Adam|SGD|RMSprop|RMSProp|Adagrad|Adadelta|Lion|Momentum|GradientDescent|Adafactor|LAMB|Lamb|LARS)\w*"
    r"|adam|adamw|sgd|rmsprop|adagrad|momentum|nesterov|LBFGS)"
)
"""The names of optimizers' classes in any library."""


def module_of(call: Called) -> Any:
    """The module here that reads a call (`torch`, `optax` or `keras`); None if the call makes no optimizer.

    Raises:
        ProgramError: for an optimizer of a library that is not read here.
    """
    name, last = call.name, call.name.rpartition(".")[2]
    if last == "from_config":
        class_name = name.removesuffix(".from_config")
        is_class = class_name.rpartition(".")[2] in keras.CLASSES
        return keras if is_class and module_of(Called(class_name, (), call.named, call.text)) is keras else None
    for before, title in FOREIGN.items():
        if re.match(before, name) and (SHAPED.fullmatch(last) or "optim" in last or "sklearn" in name or "$" in before):
            raise ProgramError(
                f"`{name}` is of {title}, whose arguments or arithmetic are others, so it is not read. "
                f"Received: {excerpt(call)}. Paste the line of Keras, PyTorch or Optax."
            )
    if TORCH.fullmatch(name) and last[0].isupper() and last not in NO_OPTIMIZERS:
        return torch
    if OPTAX.fullmatch(name) and makes_transformation(last):
        return optax
    if KERAS.fullmatch(name) and (keras.makes_optimizer(last) or (last[0].isupper() and last not in NO_OPTIMIZERS)):
        return keras
    # a full name of another library: an optimizer of it is refused, everything else passed over
    if "." in name:
        if SHAPED.fullmatch(last) and last[0].isupper() and not name.startswith(("self.", "torch.optim.swa")):
            _refuse_unknown(call)
        if last[:1].isupper() and "lr" in call.named and has_parameters(call):
            _refuse_unknown(call)
        return None
    if last == "chain":
        return optax if any(optax_chain.is_part(part) for part in call.first) else None
    # Adam is a name in all three libraries: with a model's parameters it is PyTorch's
    if last in torch.CLASSES and ("params" in call.named or _names_parameters(call)):
        return torch
    known = ((keras.CLASSES, keras), (torch.CLASSES, torch), (optax.CLASSES, optax), (optax.OWN, optax))
    module = next((module for classes, module in known if last in classes), None)
    if module is None and last[:1].isupper() and "lr" in call.named and has_parameters(call):
        _refuse_unknown(call)
    return module


def _refuse_unknown(call: Called) -> None:
    raise ProgramError(
        f"`{call.name}` is of a library that is not known here. Received: {excerpt(call)}. "
        "Paste the line of Keras, PyTorch or Optax, with its import if it has another name."
    )


def has_parameters(call: Called) -> bool:
    """Whether a model's parameters are the first argument, as in every optimizer of PyTorch's kind."""
    first = call.first[0] if call.first else call.named.get("params")
    return first is not None and re.search(r"param|^(p|ps|w|weights|theta)$", repr(first)) is not None


def names_of(module: str) -> tuple[str, ...]:
    """The known names that `from module import *` brings; none for other modules."""
    if module == "optax":
        return ("chain", "inject_hyperparams", *optax.CLASSES, *optax.OWN, *optax_chain.PARTS, *optax_rates.CURVES)
    if TORCH.fullmatch(f"{module}.SGD"):
        return tuple(torch.CLASSES)
    if KERAS.fullmatch(f"{module}.SGD") or any(re.match(before, f"{module}.") for before in FOREIGN):
        return tuple(keras.CLASSES)
    return ()


NO_OPTIMIZERS = ("Optimizer", "LRScheduler", "LossScaleOptimizer")


def makes_transformation(last: str) -> bool:
    """Whether a name in Optax makes a transformation, and is not a schedule, a loss or a helper."""
    helpers = ("apply_updates", "global_norm", "softmax_cross_entropy", "l2_loss", "incremental_update", "tree_utils")
    return last not in (*optax_rates.CURVES, *optax_chain.PARTS) and not last.endswith(
        ("_schedule", "_decay", "_loss", "_cross_entropy", "_labels", "_error", *helpers)
    )


def _names_parameters(call: Called) -> bool:
    """Whether the first argument is a model's parameters, as in PyTorch, and not a rate."""
    first = call.first[0] if call.first else None
    return first is not None and ("lr" in call.named or "parameters" in repr(first))
