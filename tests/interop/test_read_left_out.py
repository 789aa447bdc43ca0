"""What has no counterpart is refused, and can be left out; another library is never read as Keras."""

import pytest

from interop import ProgramError, read_program
from optimizers import (
    SGD,
)

LEFT_OUT = {
    "o = torch.optim.SGD(w, lr=0.1)\ns = lr_scheduler.OneCycleLR(o, max_lr=1.0, total_steps=100)": "OneCycleLR",
    "o = torch.optim.SGD(w, lr=0.1)\nscheduler = get_linear_schedule_with_warmup(o, 10, 100)": "warm-up",
    "o = torch.optim.SGD(w, lr=0.1)\nscheduler = ReduceLROnPlateau(o, 'min')": "ReduceLROnPlateau",
    "o = torch.optim.SGD(w, lr=0.1)\nscheduler = make_scheduler(o)": "make_scheduler",
    "o = torch.optim.SGD(w, lr=0.1)\nscheduler = build(args)\no.step()\nscheduler.step()": "scheduler.step()",
    "o = torch.optim.SGD(w, lr=0.1)\no.step()\nlr_policy.step(loss)": "lr_policy.step(loss)",
    "optax.sgd(optax.cosine_onecycle_schedule(100, 0.1))": "cosine_onecycle_schedule(100, 0.1)",
    "optax.sgd(optax.linear_onecycle_schedule(100, peak_value=0.1))": "linear_onecycle_schedule",
    "o = torch.optim.SGD(w, lr=0.1)\nscheduler = CyclicLR(o, 0.1, 1)": "CyclicLR",
    "o = torch.optim.SGD(w, lr=0.1)\ns = LambdaLR(o, schedule_function)": "LambdaLR",
    "o = keras.optimizers.SGD(0.1)\nmodel.fit(x, callbacks=[ReduceLROnPlateau()])": "ReduceLROnPlateau",
    "o = keras.optimizers.SGD(0.1)\nc = keras.callbacks.LearningRateScheduler(lambda e: 0.1)": "LearningRateScheduler",
    "torch.optim.SGD(w, lr=0.1, dampening=0.2)": "dampening=0.2",
    "torch.optim.SGD(w, lr=0.1, maximize=True)": "maximize=True",
    "keras.optimizers.SGD(0.1, use_ema=True)": "use_ema=True",
    "optax.chain(optax.adaptive_grad_clip(0.1), optax.sgd(0.1))": "adaptive_grad_clip(0.1)",
    "optax.MultiSteps(optax.sgd(0.1), 4)": "MultiSteps",
    "o = torch.optim.SGD(w, lr=0.1)\ntorch.nn.utils.clip_grad_norm_(w, args.clip)": "clip_grad_norm_(w, ",
}


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_has_no_counterpart_is_refused_and_can_be_left_out(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    without = refused.value.without
    assert without is not None
    assert without.optimizer == SGD(0.1)
    assert any(LEFT_OUT[text] in note and "left out" in note for note in without.notes)


def test_what_is_wrong_cannot_be_left_out():
    for text in (
        "keras.optimizers.SGD(99)",
        "torch.optim.SGD(w, lr=args.lr)",
        "torch.optim.SGD(w, lr=99, dampening=1)",
    ):
        with pytest.raises(ProgramError) as refused:
            read_program(text)
        assert refused.value.without is None


FOREIGN = {
    "tfa.optimizers.AdamW(1e-4, 1e-3)": "TensorFlow Addons",
    "import tensorflow_addons as tfa\nopt = tfa.optimizers.SGDW(1e-4, 1e-3)": "TensorFlow Addons",
    "import mlx.optimizers as optim\noptimizer = optim.Adam(learning_rate=1e-3)": "MLX",
    "from mlx.optimizers import SGD\nSGD(0.1)": "MLX",
    "from jax.example_libraries import optimizers\ninit, update, params = optimizers.adam(1e-3)": "JAX's example",
    "from transformers import AdamW\nAdamW(model.parameters(), lr=1e-3)": "Transformers",
    "transformers.AdamW(model.parameters())": "Transformers",
    "import bitsandbytes as bnb\nbnb.optim.Adam8bit(w, lr=0.1)": "bitsandbytes",
    "paddle.optimizer.Adam(0.1, parameters=net.parameters())": "Paddle",
    "from sklearn.linear_model import SGDClassifier\nSGDClassifier(alpha=0.1)": "scikit-learn",
    "SGDRegressor(eta0=0.1)": "scikit-learn",
    "tf.train.AdamOptimizer(1e-3)": "TensorFlow 1",
    "tf.compat.v1.train.GradientDescentOptimizer(0.1)": "TensorFlow 1",
    "from lion_pytorch import Lion\nLion(w, lr=1e-4)": "lion-pytorch",
    "import timm\nopt = timm.optim.create_optimizer_v2(net, opt='adam', lr=0.1)": "timm",
    "from fastai.vision.all import *\nopt = Adam(w, lr=0.1)": "fastai",
    "from adabelief_pytorch import AdaBelief\nAdaBelief(w, lr=1e-3)": "a library",
    "from ranger import Ranger\na = Ranger(net.parameters(), lr=0.1)\n"
    "b = torch.optim.Adam(model.parameters(), lr=3e-4)": "not known here",
    "Ranger(net.parameters(), lr=0.1)": "a library that is not known here",
    "import nadir\nnadir.SGD(w, lr=0.1)": "a library that is not known here",
    "from mylib import Adam\nopt = Adam(0.1)": "a library that is not known here",
    "class Adam:\n    pass\noptimizer = Adam(0.1)": "is a class of this text",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_another_library_is_never_read_as_keras(text):
    with pytest.raises(ProgramError, match=FOREIGN[text]):
        read_program(text)
