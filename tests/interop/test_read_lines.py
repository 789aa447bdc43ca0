"""Lines as people have them: what is read walks as the real library does, and what is not is said."""

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


OPTIMIZER = "torch.optim.Adam(model.parameters(), lr=3e-4)"
READ = Adam(3e-4, epsilon=1e-8)

CELLS = {
    "attribute": f"class Net(nn.Module):\n    def __init__(self):\n        self.optimizer = {OPTIMIZER}",
    "annotated": f"optimizer: torch.optim.Optimizer = {OPTIMIZER}",
    "side by side": f"criterion, optimizer = nn.MSELoss(), {OPTIMIZER}",
    "two names": f"opt = optimizer = {OPTIMIZER}",
    "returned": f"def configure_optimizers(self):\n    return {OPTIMIZER}",
    "list": f"optimizers = [{OPTIMIZER}]",
    "walrus": f"if (opt := {OPTIMIZER}):\n    pass",
    "with": f"with torch.device('cpu'):\n    optimizer = {OPTIMIZER}",
    "loop": f"optimizer = {OPTIMIZER}\nfor x, y in loader:\n    optimizer.zero_grad()\n    loss(x, y).backward()\n"
    "    optimizer.step()\n    total += loss.item()\nprint(optimizer, *total)",
    "magic": f"%matplotlib inline\n!pip install torch\n%%time\n{OPTIMIZER}",
    "prompt": f">>> model = Net()\n>>> optimizer = {OPTIMIZER}\n>>> for i in x:\n...     step()\n<object at 0x7f>",
    "numbered": f"In [3]: optimizer = {OPTIMIZER}\nOut[3]: Adam (Parameter Group 0)",
    "fence": f"```python\noptimizer = {OPTIMIZER}\n```",
    "curly quotes": f"device = “cuda”\nname = ‘adam’\noptimizer = {OPTIMIZER}",
    "blanks": f"optimizer\u00a0=\u2003{OPTIMIZER}\u200b",
    "tabs": f"\tmodel = Net()\n\toptimizer = {OPTIMIZER}",
    "indented": f"    model = Net()\n    optimizer = {OPTIMIZER}\n",
    "comment": f"# SGD(lr=0.1) was worse\noptimizer = {OPTIMIZER}  # Adam",
    "lightning": f"class M(L.Module):\n    def configure_optimizers(self):\n        o = {OPTIMIZER}\n        return o",
    "async": f"async def train():\n    optimizer = {OPTIMIZER}\n    await step()",
    "try": f"try:\n    optimizer = {OPTIMIZER}\nexcept RuntimeError as error:\n    print(error)",
    "dict": f"parts = {{'optimizer': {OPTIMIZER}, 'epochs': 3}}",
    "argument": f"trainer = Trainer(model, optimizer={OPTIMIZER})",
}


@pytest.mark.parametrize("cell", CELLS)
def test_the_optimizer_is_found_in_a_cell(cell):
    assert read_program(CELLS[cell]).optimizer == READ


SCOPES = {
    "lr = 0.5\ndef make(w, lr=0.1):\n    return torch.optim.SGD(w, lr=lr)": 0.1,
    "lr = 0.1\nclass A:\n    lr = 5\n    def __init__(self):\n        self.opt = torch.optim.SGD(w, lr=lr)": 0.1,
    "class A:\n    lr = 0.1\n    def f(self):\n        return torch.optim.SGD(w, lr=self.lr)": 0.1,
    "def f():\n    lr = 5\nlr = 0.1\nopt = torch.optim.SGD(w, lr=lr)": 0.1,
    "lr = 0.1\ndef f():\n    lr = 5\nopt = torch.optim.SGD(w, lr=lr)": 0.1,
    "class A:\n    def __init__(self, lr=0.1):\n        self.lr = lr\n        self.o = optim.SGD(w, lr=self.lr)": 0.1,
    "lr = 5\nlr = 0.1\nopt = torch.optim.SGD(w, lr=lr)\nlr = 7": 0.1,
    "if fast:\n    lr = 0.1\n    opt = torch.optim.SGD(w, lr=lr)": 0.1,
}


@pytest.mark.parametrize("text", SCOPES)
def test_a_name_stands_for_what_it_does_in_python(text):
    assert read_program(text).optimizer == SGD(SCOPES[text])


@pytest.mark.parametrize(
    "text",
    [
        "lr = 0.5\ndef make(w, lr):\n    return torch.optim.SGD(w, lr=lr)",
        "lr = 0.5\nfor lr in rates:\n    opt = torch.optim.SGD(w, lr=lr)",
        "lr = 0.5\nlr *= 2\nopt = torch.optim.SGD(w, lr=lr)",
        "lr = 0.5\nlr, other = read()\nopt = torch.optim.SGD(w, lr=lr)",
    ],
)
def test_a_name_that_is_not_known_is_not_guessed(text):
    with pytest.raises(ProgramError, match=r"`lr` must be a number that is written out\. Received: lr\."):
        read_program(text)


def test_clipping_lines_around_it_are_read():
    loop = "for x in data:\n    loss(x).backward()\n    {}\n    opt.step()"
    for line, field in {
        "torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)": {"global_clipnorm": 2},
        "nn.utils.clip_grad_value_(model.parameters(), clip_value=0.5)": {"clipvalue": 0.5},
        "accelerator.clip_grad_norm_(model.parameters(), max_norm=1)": {"global_clipnorm": 1},
    }.items():
        text = "opt = torch.optim.SGD(model.parameters(), lr=0.1)\n" + loop.format(line)
        assert read_program(text).optimizer == SGD(0.1, **field)
    for line, field in {
        "grads = [tf.clip_by_norm(g, 1.5) for g in grads]": {"clipnorm": 1.5},
        "clipped = [tf.clip_by_value(x, -0.5, 0.5) for x in grads]": {"clipvalue": 0.5},
        "grads, _ = tf.clip_by_global_norm(grads, 5.0)": {"global_clipnorm": 5},
        "grads, n = tf.clip_by_global_norm(tape.gradient(loss, ws), 5.0)": {"global_clipnorm": 5},
    }.items():
        for text in (f"opt = keras.optimizers.SGD(0.1)\n{line}", f"{line}\nopt = keras.optimizers.SGD(0.1)"):
            program = read_program(text)
            assert program.optimizer == SGD(0.1, **field)
            assert not program.notes


NOTED = {
    "model.compile(optimizer='adam', learning_rate=0.01)": "`learning_rate=0.01` was left out",
    f"a = torch.optim.SGD(w, lr=0.1)\nb = {OPTIMIZER}": "2 optimizers were found; the last one, `b`, was taken.",
    f"opt = {OPTIMIZER}\nfor g in opt.param_groups:\n    g['lr'] = 0.1": "`g['lr'] = …` was left out",
    "opt = Adam()\nfor e in r:\n    opt.learning_rate = 0.1": "`opt.learning_rate = …` was left out",
    "torch.optim.SGD([{'params': a}, {'params': b, 'lr': 1.0}], lr=0.1)": "was left out: `lr`",
    "torch.optim.SGD(w, lr=0.1, weight_decay=0.1)": "is here `l2`",
    "SGD(lr=0.1, decay=0.1)": "Keras 3 ignores it",
    "model.add(Dense(1, kernel_regularizer=regularizers.l2(0.01)))\nmodel.compile('sgd')": "is here `l2` = 0.02",
    f"a = torch.optim.SGD(v, lr=0.1)\ns = StepLR(a, 5)\nb = {OPTIMIZER}": "it is of another optimizer",
    f"opt = {OPTIMIZER}\nfor p in ps:\n    p.grad *= 0.5": "`p.grad *= 0.5` was left out: it changes the gradients",
    f"opt = {OPTIMIZER}\ngrads = [g / n for g in grads]": "it changes the gradients",
    f"opt = {OPTIMIZER}\ngrads = jax.tree.map(lambda g: jnp.clip(g, -1, 1), grads)": "it changes the gradients",
    f"opt = {OPTIMIZER}\nfor g in opt.param_groups:\n    g['momentum'] = 0.9": "`g['momentum'] = …` was left out",
    f"opt = {OPTIMIZER}\nopt.param_groups[0].update({{'lr': 0.5}})": "it may change the path",
    f"opt = {OPTIMIZER}\nopt.add_param_group({{'params': q}})": "it may change the path",
    "opt = keras.optimizers.SGD(0.1)\nopt.clipnorm = 1.0": "`opt.clipnorm = …` was left out",
    f"opt = {OPTIMIZER}\nq.register_hook(lambda g: g / 2)": "it may change the path",
    f"opt = {OPTIMIZER}\ns = create_lr_scheduler_with_warmup(ExponentialLR(opt, 0.9), 0.0, 10)": "may change the path",
    f"ema = ExponentialMovingAverage(net.parameters(), decay=0.99)\nopt = {OPTIMIZER}": "it may change the path",
}


@pytest.mark.parametrize("text", NOTED)
def test_nothing_is_dropped_in_silence(text):
    assert NOTED[text] in " ".join(read_program(text).notes)


SILENT = (
    "opt = optax.sgd(0.1)\nloss, grads = jax.value_and_grad(f)(w)\nupdates, state = opt.update(grads, state)",
    "opt = SGD(0.1)\ngrads = tape.gradient(loss, ws)\npairs = zip(grads, ws)\nopt.apply_gradients(pairs)",
    "opt = torch.optim.SGD(w, lr=0.1)\nfor p in w:\n    p.grad = None\nopt.step()",
    "opt = torch.optim.SGD(itertools.chain(a.parameters(), b.parameters()), lr=0.1)",
)


@pytest.mark.parametrize("text", SILENT)
def test_a_plain_loop_is_no_change_and_needs_no_note(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert not program.notes


BRANCHES = {
    "lr = 0.1\nif fast:\n    lr = 0.5\nkeras.optimizers.SGD(lr)": "Received: 0.5 if fast else 0.1",
    "if a:\n    lr = 0.2\nelif b:\n    lr = 0.3\nelse:\n    lr = 0.4\nSGD(lr)": "0.2 if a else 0.3 if b else 0.4",
    "lr = 0.1\nif fast:\n    lr *= 5\nkeras.optimizers.SGD(lr)": "Received: lr.",
    "match k:\n    case 1:\n        lr = 0.1\n    case _:\n        lr = 0.2\nSGD(lr)": "must be a number",
    "lr = 0.1\nfor _ in range(3):\n    lr = lr * 0.5\nSGD(lr)": "Received: lr.",
    "lr = 0.1\nwhile go():\n    lr = lr / 2\nSGD(lr)": "Received: lr.",
    "lr = 0.1\nfrom config import lr\nSGD(lr)": "Received: config.lr.",
    "lr = 0.1\ndef f():\n    global lr\n    lr = 0.5\nf()\nSGD(lr)": "Received: lr.",
    "lr = 0.1\ntry:\n    pass\nexcept OSError:\n    lr = 0.5\nSGD(lr)": "must be a number that is written out",
}


@pytest.mark.parametrize("text", BRANCHES)
def test_what_depends_on_a_condition_is_not_decided_here(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    assert BRANCHES[text] in str(refused.value)


def test_a_condition_that_makes_no_difference_is_none():
    for text in (
        "if gpu:\n    lr = 0.1\nelse:\n    lr = 0.1\noptimizer = SGD(lr)",
        "lr = 0.1\nif gpu:\n    batch = 3\noptimizer = SGD(lr)",
        "if __name__ == '__main__':\n    lr = 0.1\n    optimizer = SGD(lr)\nelse:\n    lr = 3",
        "try:\n    import tensorflow.keras as k\nexcept ImportError:\n    import keras as k\nk.optimizers.SGD(0.1)",
        "lr = 0.025\nlr = lr * 2\nlr = 2 * lr\nSGD(lr)",
    ):
        assert read_program(text).optimizer == SGD(0.1)


def test_a_name_on_its_own_right_side_is_what_it_was():
    for text in (
        "opt = optax.sgd(0.1)\nopt = optax.chain(optax.clip(2.0), opt)",
        "self.opt = optax.sgd(0.1)\nself.opt = optax.chain(optax.clip(2.0), self.opt)",
        "inner = optax.sgd(0.1)\nouter = optax.chain(optax.clip(2.0), inner)",
    ):
        program = read_program(text)
        assert program.optimizer == SGD(0.1, clipvalue=2.0)
        assert not program.notes
    assert read_program("x = 0.05\nx = x + x\nSGD(x)").optimizer == SGD(0.1)
    with pytest.raises(ProgramError):
        read_program("x = 1\n" + "x = x + x\n" * 200 + "SGD(x)")


@pytest.mark.parametrize("library", ["optax", "torch.optim", "keras.optimizers", "tensorflow.keras.optimizers"])
def test_everything_imported_from_a_library(library):
    line = {"optax": "adam(0.1)", "torch.optim": "Adam(w, lr=0.1)"}.get(library, "Adam(0.1)")
    optimizer = read_program(f"from {library} import *\nopt = {line}").optimizer
    assert optimizer == Adam(0.1, epsilon=1e-7 if "keras" in library else 1e-8)


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
    f"from ranger import Ranger\na = Ranger(net.parameters(), lr=0.1)\nb = {OPTIMIZER}": "not known here",
    "Ranger(net.parameters(), lr=0.1)": "a library that is not known here",
    "import nadir\nnadir.SGD(w, lr=0.1)": "a library that is not known here",
    "from mylib import Adam\nopt = Adam(0.1)": "a library that is not known here",
    "class Adam:\n    pass\noptimizer = Adam(0.1)": "is a class of this text",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_another_library_is_never_read_as_keras(text):
    with pytest.raises(ProgramError, match=FOREIGN[text]):
        read_program(text)


def test_nothing_in_a_cell_is_run(tmp_path):
    there = tmp_path / "made"
    touch = f"__import__('pathlib').Path({str(there)!r}).touch()"
    for text in (
        f"{touch}\noptimizer = {OPTIMIZER}",
        f"def f():\n    {touch}\nf()\noptimizer = {OPTIMIZER}",
        f"class A:\n    x = {touch}\noptimizer = {OPTIMIZER}",
        f"!touch {there}\noptimizer = {OPTIMIZER}",
        f"o = torch.optim.SGD(w, lr=0.1)\ns = LambdaLR(o, lambda e: {touch})",
        f"optimizer = keras.optimizers.SGD(float({touch}))",
    ):
        try:
            read_program(text)
        except ProgramError:
            continue
    assert not there.exists()


@pytest.mark.parametrize(
    "text", ["SGD(9**9**9**9)", "SGD(2**-99999)", "SGD(10**400/10**399)", "SGD(1e308*10)", "SGD(0.1%0)"]
)
def test_arithmetic_stays_small(text):
    with pytest.raises(ProgramError):
        read_program(f"keras.optimizers.{text}")


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


@pytest.mark.parametrize(
    "text",
    [
        "opt = Lookahead(torch.optim.SGD(p, lr=0.1))",
        "opt = keras.optimizers.SGD(0.1)\nopt = tfa.optimizers.MovingAverage(opt)",
        "opt = torch.optim.SGD(p, lr=0.1)\nopt = hvd.DistributedOptimizer(opt)",
        "opt = torch.optim.SGD(p, lr=0.1)\nadjust_learning_rate(opt, epoch)",
        "opt = keras.optimizers.SGD(0.1)\nopt.learning_rate.assign(0.5)",
        "opt = keras.optimizers.SGD(0.1)\nK.set_value(opt.lr, 0.01)",
        "opt = torch.optim.SGD(p, lr=0.1)\np.grad.data.clamp_(-1, 1)",
        "opt = torch.optim.SGD(p, lr=0.1)\nema = EMA(model, 0.99)",
    ],
)
def test_what_may_change_the_path_and_is_not_run_is_named(text):
    program = read_program(text)
    assert program.optimizer.learning_rate == 0.1
    assert any("was left out: nothing is run here, and it may change the path." in note for note in program.notes)
