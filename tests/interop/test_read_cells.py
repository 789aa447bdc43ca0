"""Whole cells: the optimizer is found among other lines, nothing is run, and nothing is dropped in silence."""

import pytest

from interop import ProgramError, read_program
from optimizers import (
    SGD,
    Adam,
)

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
