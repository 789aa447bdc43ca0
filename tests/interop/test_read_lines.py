"""Lines as people have them: what is read walks as the real library does."""

import numpy as np
import pytest

from interop import ProgramError, read_program
from landscapes import LANDSCAPES
from optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    AdamW,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    Lion,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    WarmupCosineDecay,
    descend,
)
from tests.interop.programs import PATHS

STEPS = 60


SCHEDULERS = [
    "LinearLR(optimizer, start_factor=0.1, total_iters=20)",
    "LinearLR(optimizer)",
    "LinearLR(optimizer, 1.0, 0.2, total_iters=30)",
    "ConstantLR(optimizer, factor=0.5, total_iters=7)",
    "ConstantLR(optimizer)",
    "CosineAnnealingWarmRestarts(optimizer, T_0=10)",
    "CosineAnnealingWarmRestarts(optimizer, 8, T_mult=2, eta_min=0.01)",
    "LambdaLR(optimizer, lambda e: 0.95**e)",
    "LambdaLR(optimizer, lr_lambda=lambda epoch: 0.5 ** (epoch // 15))",
    "LambdaLR(optimizer, lambda t: 1 / (1 + 0.05 * t))",
    "LambdaLR(optimizer, lambda t: max(0.0, 1 - t / 40))",
    "LambdaLR(optimizer, lambda t: 1.0 if t < 20 else 0.1)",
    "LambdaLR(optimizer, [lambda e: 0.9**e])",
    "MultiplicativeLR(optimizer, lambda e: 0.97)",
    "MultiStepLR(optimizer, milestones=[1])",
    "MultiStepLR(optimizer, [5, 5, 20], gamma=0.5)",
    "MultiStepLR(optimizer, [20, 5], gamma=0.5)",
    "MultiStepLR(optimizer, [0, 20], gamma=0.5)",
    "StepLR(optimizer, 10, 0.5)",
    "ExponentialLR(optimizer, gamma=0.98)",
    "PolynomialLR(optimizer, total_iters=40, power=0.9)",
    "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=10), CosineAnnealingLR(optimizer, 60)], [10])",
    "SequentialLR(optimizer, [ConstantLR(optimizer, 0.1, 20), ExponentialLR(optimizer, 1.0)], milestones=[20])",
]


@pytest.mark.parametrize("line", SCHEDULERS)
@pytest.mark.filterwarnings("ignore:.*:UserWarning", "ignore:.*:DeprecationWarning")  # of PyTorch's own SequentialLR
def test_a_scheduler_gives_the_rates_of_pytorch(line):
    torch = pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    read = read_program(f"optimizer = torch.optim.SGD(w, lr=0.1)\nscheduler = {line}").optimizer.learning_rate
    names = vars(torch.optim.lr_scheduler) | {
        "optimizer": torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    }
    exec(f"scheduler = {line}", names)
    theirs = []
    for _ in range(STEPS):
        theirs.append(names["scheduler"].get_last_lr()[0])
        names["optimizer"].step()
        names["scheduler"].step()
    np.testing.assert_allclose(np.asarray(read(np.arange(float(STEPS)))), theirs, rtol=1e-6, atol=1e-9)


OPTAX = [
    "optax.chain(optax.trace(0.9), optax.scale(-0.002))",
    "optax.chain(optax.trace(decay=0.8, nesterov=True), optax.scale_by_learning_rate(0.002))",
    "optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(0.01, momentum=0.9))",
    "optax.chain(optax.clip(0.5), optax.add_decayed_weights(0.3), optax.sgd(0.01))",
    "optax.chain(optax.chain(optax.clip(0.5)), optax.rmsprop(0.01))",
    "optax.chain(optax.scale_by_adam(), optax.scale(-0.05))",
    "optax.chain(optax.scale_by_adam(b2=0.9), optax.add_decayed_weights(0.1), optax.scale_by_learning_rate(0.05))",
    "optax.chain(optax.scale_by_rms(0.8), optax.scale(-0.01))",
    "optax.chain(optax.scale_by_stddev(eps=0.1), optax.scale(-0.01))",
    "optax.chain(optax.scale_by_rss(0.2), optax.scale(-0.1))",
    "optax.chain(optax.scale_by_lion(), optax.scale(-0.02))",
    "optax.chain(optax.identity(), optax.scale(-0.01))",
    "optax.chain(optax.clip_by_global_norm(1.0), optax.scale(-0.01))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(optax.linear_schedule(0.05, 0, 60)), optax.scale(-1))",
    "optax.inject_hyperparams(optax.adam)(learning_rate=0.05)",
    "optax.adam(optax.warmup_cosine_decay_schedule(0.0, 0.05, 10, 60))",
    "optax.adam(optax.join_schedules([optax.linear_schedule(0, 0.1, 9), optax.cosine_decay_schedule(0.1, 50)], [9]))",
    "optax.adam(lambda step: 0.05 * 0.9 ** step)",
    "optax.adadelta(1.0, rho=0.8, eps=1e-3, weight_decay=0.2)",
    "optax.lion(0.02, weight_decay=0.3)",
    "optax.lion(0.02)",
    "optax.adamw(0.05, weight_decay=0.2)",
]


@pytest.mark.parametrize("text", OPTAX)
def test_a_line_of_optax_walks_as_optax_does(text):
    surface, program = LANDSCAPES["booth"](), read_program(text)
    path = descend(surface, program.optimizer, steps=STEPS).positions
    expected = PATHS["optax"](f"import optax\noptimizer = {text}", surface, STEPS)
    assert np.ptp(expected, axis=0).max() > 0.1
    np.testing.assert_allclose(path, expected, rtol=2e-4, atol=2e-4)  # Adam's ε, and float32 in Optax's schedules


TORCH = [
    "SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-2)",
    "SGD(model.parameters(), lr=1/128, nesterov=True, momentum=0.5, weight_decay=0.1)",
    "Adam(model.parameters(), lr=5e-2, weight_decay=0.3)",
    "Adam(model.parameters(), 0.05, decoupled_weight_decay=True, weight_decay=0.3)",
    "AdamW(model.parameters(), lr=5e-2)",
    "Adadelta(model.parameters(), lr=1.0, eps=1e-3, weight_decay=0.3)",
    "Adagrad(model.parameters(), lr=0.3, lr_decay=0.05, initial_accumulator_value=0.5)",
]


@pytest.mark.parametrize("line", TORCH)
def test_a_line_of_pytorch_walks_as_pytorch_does(line):
    pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    surface, text = LANDSCAPES["booth"](), f"import torch\noptimizer = torch.optim.{line}"
    path = descend(surface, read_program(text).optimizer, steps=STEPS).positions
    np.testing.assert_allclose(path, PATHS["torch"](text, surface, STEPS), rtol=2e-4, atol=2e-4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SGD(lr=0.1, decay=1e-6, momentum=0.9, nesterov=True)", SGD(InverseTimeDecay(0.1, 1, 1e-6), 0.9, True)),
        (
            "INIT_LR = 1e-1\nEPOCHS = 50\nAdam(lr=INIT_LR, decay=INIT_LR / EPOCHS)",
            Adam(InverseTimeDecay(0.1, 1, 0.002)),
        ),
        ("keras.optimizers.legacy.Adam(0.01, epsilon=None)", Adam(0.01)),
        ("from tensorflow.keras.optimizers import legacy\nlegacy.RMSprop(lr=0.01, rho=0.8)", RMSprop(0.01, 0.8)),
        ("tf.keras.optimizers.SGD(1/128, clipnorm=1.0)", SGD(1 / 128, clipnorm=1)),
        ("keras.optimizers.SGD(10**-3)", SGD(0.001)),
        ("BATCH = 64\nlr = 0.1 * BATCH / 256\nkeras.optimizers.SGD(lr)", SGD(0.025)),
        ("keras.optimizers.SGD(float(0.1), momentum=float('0.5'))", SGD(0.1, 0.5)),
        ("keras.optimizers.SGD(int(1e3) * 1e-4)", SGD(0.1)),
        ("keras.optimizers.SGD(-(-0.1))", SGD(0.1)),
        ("keras.optimizers.SGD(max(0.1, 0.2) - 0.1)", SGD(0.1)),
        ("keras.optimizers.Adam(1e-6)", Adam(1e-6)),
        (
            "s = keras.optimizers.schedules.ExponentialDecay(0.1, 10_000, 0.96, staircase=True)\noptimizers.SGD(s)",
            SGD(ExponentialDecay(0.1, 10_000, 0.96, True)),
        ),
        (
            "keras.optimizers.Lion(0.01, weight_decay=0.1, global_clipnorm=2)",
            Lion(0.01, weight_decay=0.1, global_clipnorm=2),
        ),
        ("optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)", SGD(0.1, 0.9, l2=5e-4)),
        (
            "o = torch.optim.SGD(w, 0.1)\ns = get_cosine_schedule_with_warmup(o, 10, 100)",
            SGD(WarmupCosineDecay(0, 90, 0, 0.1, 10)),
        ),
        (
            "o = torch.optim.SGD(w, 0.1)\ns = transformers.get_linear_schedule_with_warmup(o, 0, 100)",
            SGD(PolynomialDecay(0.1, 100, 0)),
        ),
    ],
)
def test_a_line_that_people_have(text, expected):
    assert read_program(text).optimizer == expected


def test_old_keras_decays_by_the_documented_formula():
    rate = read_program("SGD(lr=0.1, decay=1e-2)").optimizer.learning_rate
    steps = np.arange(100.0)
    np.testing.assert_allclose(np.asarray(rate(steps)), 0.1 / (1 + 1e-2 * steps), rtol=1e-12)


OLD_KERAS = (
    "keras.optimizers.get('sgd')",
    "tf.keras.optimizers.get({'class_name': 'SGD', 'config': {'learning_rate': 0.01}})",
    "keras.optimizers.deserialize({'class_name': 'SGD', 'config': {'lr': 0.01, 'momentum': 0.0}})",
    "keras.optimizers.sgd(lr=0.01)",
    "from keras.optimizers import gradient_descent_v2\nopt = gradient_descent_v2.SGD(0.01)",
    "from tensorflow.python.keras.optimizer_v2 import gradient_descent\nopt = gradient_descent.SGD(0.01)",
)


@pytest.mark.parametrize("text", OLD_KERAS)
def test_the_ways_of_older_keras_versions(text):
    assert read_program(text).optimizer == SGD(0.01)


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("MultiStepLR(o, milestones=[1])", PiecewiseConstantDecay((0,), (0.1, 0.01))),
        ("CosineAnnealingWarmRestarts(o, T_0=10, T_mult=2)", CosineDecayRestarts(0.1, 10, 2)),
    ],
)
def test_a_scheduler_as_a_record(text, schedule):
    assert read_program(f"o = torch.optim.SGD(w, lr=0.1)\ns = {text}").optimizer == SGD(schedule)


def test_a_message_names_the_argument_and_the_value_as_written():
    for text, message in {
        "torch.optim.Adam(w, lr=2e+1)": r"`lr` must be a number from 1e-06 to 10 here\. Received: 2e\+1\.",
        "o = torch.optim.SGD(w, lr=0.1)\ns = MultiStepLR(o, milestones=[200_001])": r"`milestones` must .* 200_001\.",
        "o = torch.optim.SGD(w, lr=0.1)\ns = StepLR(o, step_size=2*10**5)": r"`decay_steps|step_size` .* 2\*10\*\*5\.",
        "SGD(lr=0.1*200)": r"`lr` must .* Received: 0\.1\*200\.",
    }.items():
        with pytest.raises(ProgramError, match=message):
            read_program(text)


def test_each_kind_of_optimizer_is_read_in_its_library():
    assert isinstance(read_program("keras.optimizers.Adagrad(0.1)").optimizer, Adagrad)
    assert isinstance(read_program("optax.adadelta(0.1)").optimizer, Adadelta)
    assert isinstance(read_program("torch.optim.AdamW(w)").optimizer, AdamW)
