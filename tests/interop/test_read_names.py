"""A name is what Python makes of it: the calls, scopes, classes and cells of a text, held against running it."""

import contextlib

import pytest

from interop import ProgramError, read_program
from optimizers import SGD, Adam

TRAIN = "def train(w, lr=0.1):\n    return torch.optim.SGD(w, lr=lr)\n"
TRAINER = (
    "class Trainer:\n    def __init__(self, w, lr=0.1):\n        self.w = w\n        self.lr = lr\n"
    "    def make(self):\n        return torch.optim.SGD(self.w, lr=self.lr)\n"
)

READ = {
    TRAIN + "opt = train(w, lr=0.5)": 0.5,
    TRAIN + "opt = train(w, 0.5)": 0.5,
    TRAIN + "opt = train(w)": 0.1,
    TRAIN + "RATE = 0.5\nopt = train(w, RATE)": 0.5,
    TRAIN + "opt = train(lr=1/4, w=w)": 0.25,
    TRAIN + "opt = train(w, 0.5)\nopt = train(w, lr=0.5)": 0.5,
    "def train(w, *, lr=0.1, momentum=0.0):\n    return torch.optim.SGD(w, lr=lr)\nopt = train(w, lr=0.5)": 0.5,
    TRAINER + "opt = Trainer(w, lr=0.5).make()": 0.5,
    TRAINER + "opt = Trainer(w, 0.5).make()": 0.5,
    TRAINER + "opt = Trainer(w).make()": 0.1,
    TRAINER.replace("lr=0.1", "lr") + "trainer = Trainer(w, 0.5)\nopt = trainer.make()": 0.5,
    "cls = torch.optim.SGD\nopt = cls(w, lr=0.5)": 0.5,
    "a = lr = 0.1\nb = lr\nlr = 0.7\nopt = torch.optim.SGD(w, lr=b)": 0.1,
    "lr = 0.1\nif (lr := 0.5):\n    opt = torch.optim.SGD(w, lr=lr)": 0.5,
    "lr = 0.3\nopts = [lr for lr in (0.1, 0.2)]\nopt = torch.optim.SGD(w, lr=lr)": 0.3,
    "lr = 0.1\ndef f():\n    lr = 0.5\n    return torch.optim.SGD(w, lr=lr)\nopt = f()": 0.5,
    "lr = 0.5\nd = {}\nd[lr] = 1\nopt = torch.optim.SGD(w, lr=lr)": 0.5,
    "class A:\n    lr = 0.1\nA.lr = 0.5\nopt = torch.optim.SGD(w, lr=A.lr)": 0.5,
    "c = {'lr': 0.5, 'momentum': 0.9}\nopt = torch.optim.SGD(w, lr=c['lr'])": 0.5,
    "made = {'a': torch.optim.SGD(w, lr=0.5), 'b': torch.optim.SGD(w, lr=0.1)}\nopt = made['a']": 0.5,
    "class A:\n    def __init__(self, lr):\n        self.lr = lr\n        self.opt = torch.optim.SGD(w, lr=self.lr)\n"
    "a = A(0.5)\na.opt.param_groups\nopt = a.opt": 0.5,
    "class A:\n    lr = 0.5\n    def make(self):\n        return torch.optim.SGD(w, lr=self.lr)\nopt = A().make()": 0.5,
}


@pytest.mark.parametrize("text", READ)
def test_a_number_is_the_one_that_python_would_take(text):
    assert read_program(text).optimizer == SGD(READ[text])
    assert rates_in_python(text) == [READ[text]]


NOT_KNOWN = (
    TRAIN + "train(w, lr=0.5)\nopt = train(w)",
    TRAIN + "for lr in (0.2, 0.3):\n    opt = train(w, lr)",
    TRAIN + "given = {'lr': 0.5}\nopt = train(w, **given)",
    TRAIN + "given = (w, 0.5)\nopt = train(*given)",
    TRAIN + "opt = functools.partial(train, lr=0.5)(w)",
    TRAIN + "opt = [*map(train, [w], [0.5])][0]",
    "class T:\n    def __call__(self, w, lr=0.1):\n        return torch.optim.SGD(w, lr=lr)\nopt = T()(w, lr=0.5)",
    TRAIN + "run = train\nopt = run(w, 0.5)",
    TRAIN + "def main(rate):\n    return train(w, rate)\nopt = main(0.5)",
    TRAINER + "class Mine(Trainer):\n    def __init__(self):\n        super().__init__(w, lr=0.5)\nopt = Mine().make()",
    TRAINER + "    def faster(self):\n        self.lr = 0.5\nt = Trainer(w)\nt.faster()\nopt = t.make()",
    "class A:\n    def __init__(self):\n        self.lr = 0.5\n"
    "class B:\n    def make(self):\n        return torch.optim.SGD(w, lr=self.lr)\nb = B()\nb.lr = 0.2\nopt = b.make()",
    "lr = 0.5\ndef make():\n    return torch.optim.SGD(w, lr=lr)\nlr = 0.1\nopt = make()",
    "lr = 0.1\nfor e in range(3):\n    opt = torch.optim.SGD(w, lr=lr)\n    lr = 0.5",
    "lr = 0.1\nfor e in range(9):\n    if e == 5:\n        lr = 0.5\n    opt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.1\nfor e in range(3):\n    lr = 0.5\nopt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.1\nwhile lr < 1:\n    lr = lr * 2\nopt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.3\nopt = [torch.optim.SGD(w, lr=lr) for lr in (0.1, 0.2)][0]",
    "lr = 0.1\nlr, other = 0.5, 1\nlr = float(str(lr))\nopt = torch.optim.SGD(w, lr=lr)",
    "class C:\n    lr = 0.5\nc = C()\nc.lr = 0.1\nc = C()\nopt = torch.optim.SGD(w, lr=c.lr)",
    "lr = 0.1\n[(lr := 0.5) for _ in range(0)]\nopt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.1\ndef f():\n    global lr\n    lr = 0.5\nf()\nopt = torch.optim.SGD(w, lr=lr)",
    "def outer():\n    lr = 0.1\n    def f():\n        nonlocal lr\n        lr = 0.5\n    f()\n"
    "    return torch.optim.SGD(w, lr=lr)\nopt = outer()",
    "c = {'lr': 0.1}\nc['lr'] = 0.5\nopt = torch.optim.SGD(w, lr=c['lr'])",
    "c = {'lr': 0.1}\nc.update(lr=0.5)\nopt = torch.optim.SGD(w, lr=c['lr'])",
    "c = {'lr': 0.1}\nd = c\nd['lr'] = 0.5\nopt = torch.optim.SGD(w, lr=c['lr'])",
    "c = {'lr': 0.1}\n(lambda d: d.update(lr=0.5))(c)\nopt = torch.optim.SGD(w, lr=c['lr'])",
    "class A:\n    pass\na = A()\na.lr = 0.1\nsetattr(a, 'lr', 0.5)\nopt = torch.optim.SGD(w, lr=a.lr)",
    "lr = 0.1\nglobals()['lr'] = 0.5\nopt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.1\nglobals().update(lr=0.5)\nopt = torch.optim.SGD(w, lr=lr)",
    "lr = 0.1\nexec('lr = 0.5')\nopt = torch.optim.SGD(w, lr=lr)",
    "class A:\n    def __init__(self):\n        self.lr = 0.1\n        self.tune()\n"
    "        self.opt = torch.optim.SGD(w, lr=self.lr)\n    def tune(self):\n        self.lr = 0.5\nopt = A().opt",
    "class A:\n    lr = 0.1\n    def make(self):\n        return torch.optim.SGD(w, lr=self.lr)\n"
    "a = A()\na.lr = 0.5\nopt = a.make()",
)


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_a_number_that_depends_on_more_is_not_guessed(text):
    assert rates_in_python(text)  # it is a program that runs
    with pytest.raises(ProgramError, match="must be a number that is written out"):
        read_program(text)


def rates_in_python(text):
    """The rates of the optimizer that the text makes when Python runs it with PyTorch."""
    torch = pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    names = {"torch": torch, "w": [torch.nn.Parameter(torch.zeros(2))]}
    exec(f"import functools\n{text}", names)
    return [group["lr"] for group in names["opt"].param_groups]


PARSER = "parser = argparse.ArgumentParser()\nparser.add_argument('--lr', type=float, default=0.1)\n"
NOTED = {
    TRAIN: "`lr` is 0.1, the default of `train`",
    TRAINER: "`lr` is 0.1, the default of `Trainer`",
    PARSER + "args = parser.parse_args()\nopt = torch.optim.SGD(w, lr=args.lr)": "`args.lr` is its default, 0.1;",
    PARSER + "opt = parser.parse_args()\nopt = torch.optim.SGD(w, lr=opt.lr)": "`opt.lr` is its default, 0.1;",
    PARSER + "args, rest = parser.parse_known_args()\n" + TRAIN + "train(w, args.lr)": "`args.lr` is its default",
    "def train(args):\n    opt = torch.optim.SGD(w, lr=args.rate)\ndef main():\n    p = argparse.ArgumentParser()\n"
    "    p.add_argument('-l', '--learning-rate', dest='rate', default=0.1)\n    args = p.parse_args()\n"
    "    train(args)": "`args.rate` is its default, 0.1;",
    "flags.DEFINE_float('lr', 0.1, 'the rate')\nopt = torch.optim.SGD(w, lr=FLAGS.lr)": "`FLAGS.lr` is its default",
}


@pytest.mark.parametrize("text", NOTED)
def test_a_default_that_may_be_another_is_said(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert NOTED[text] in " ".join(program.notes)


def test_an_option_that_is_set_elsewhere_is_not_known():
    for more in ("parser.set_defaults(lr=0.5)\n", "parser.add_argument('--lr', default=0.5)\n"):
        with pytest.raises(ProgramError, match=r"Received: args\.lr"):
            read_program(PARSER + more + "args = parser.parse_args()\nopt = torch.optim.SGD(w, lr=args.lr)")
    with pytest.raises(ProgramError, match=r"Received: args\.lr"):
        read_program(PARSER + "args = parser.parse_args(['--lr', '0.5'])\nopt = torch.optim.SGD(w, lr=args.lr)")


def test_names_from_elsewhere_may_be_any():
    for line in ("from config import *", "%run settings.py"):
        with pytest.raises(ProgramError, match=r"Received: lr\."):
            read_program(f"lr = 0.1\n{line}\nopt = torch.optim.SGD(w, lr=lr)")
        assert read_program(f"{line}\nlr = 0.1\nopt = torch.optim.SGD(w, lr=lr)").optimizer == SGD(0.1)


def test_lightning_keeps_what_it_is_made_with():
    text = (
        "class Net(L.LightningModule):\n    def __init__(self, lr=0.1):\n        self.save_hyperparameters()\n"
        "    def configure_optimizers(self):\n        return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)\n"
    )
    assert read_program(text + "net = Net(lr=0.5)").optimizer == SGD(0.5)
    assert read_program(text).optimizer == SGD(0.1)
    assert "the default of `Net`" in read_program(text).notes[0]


OWN = {
    "opt = torch.optim.SGD(w, lr=0.1)\nclass Foo(torch.optim.SGD):\n    pass\nopt = Foo(w, lr=0.5)": "`Foo` is a class",
    "class Foo(optim.Optimizer):\n    pass\nclass Bar(Foo):\n    pass\nx = Bar(w)\nSGD(0.1)": "`Bar` is a class",
    "class Mine(keras.optimizers.Adam):\n    pass\nmodel.compile(optimizer=Mine(0.1))": "`Mine` is a class",
    "class SGD:\n    pass\nmodel.compile(optimizer=SGD(0.1))": "`SGD` is a class",
    "from torch.optim import SGD\nclass SGD(SGD):\n    pass\nopt = SGD(w, lr=0.1)": "`SGD` is a class",
    "class NoamOpt:\n    pass\nmodel_opt = NoamOpt(512, 1, 4000, torch.optim.Adam(w, lr=0.1))": "`NoamOpt` is a class",
    "class Thing:\n    pass\nx = Thing(model.parameters(), lr=0.1)\ny = torch.optim.SGD(w, lr=0.1)": "`Thing` is a",
    "def Adam(lr):\n    return lr\nopt = Adam(0.1)": "`Adam` is a function",
    "def sgd(params, lr, batch):\n    for p in params:\n        p -= lr * p.grad\nsgd([w, b], 0.1, 10)": "`sgd` is a",
    "Adam = lambda lr: lr\nopt = Adam(0.1)": "`Adam` is a name of this text",
    "opt = Foo(w, lr=0.5)\nclass Foo(torch.optim.SGD):\n    pass": "`Foo` is a class",
}


@pytest.mark.parametrize("text", OWN)
def test_what_the_text_defines_itself_is_not_the_librarys(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    assert OWN[text] in str(refused.value)
    assert "nothing is run here" in str(refused.value)


def test_an_own_function_that_makes_one_of_a_library_is_read_inside():
    for text in (
        "def make(w, lr):\n    return torch.optim.SGD(w, lr=lr)\noptimizer = make(w, 0.5)",
        "def SGD(w, lr):\n    return torch.optim.SGD(w, lr=lr)\noptimizer = SGD(w, 0.5)",
        "class Net:\n    def configure_optimizers(self):\n        return torch.optim.SGD(w, lr=0.5)\nnet = Net()",
    ):
        assert read_program(text).optimizer == SGD(0.5)


LINE = "torch.optim.Adam(model.parameters(), lr=3e-4)"
NO_LINE = {
    "docstring": f'"""\nopt = {LINE}\n"""\nmodel = build()',
    "docstring of a function": f'def f():\n    """{LINE}"""\nf()',
    "docstring of one word": 'def f():\n    """adam"""',
    "text": f"text = '''{LINE}'''\nprint(text)",
    "format": f'print(f"use {LINE}")',
    "comment": f"# opt = {LINE}\nmodel = build()",
    "words": '"""Trains with SGD."""',
}


@pytest.mark.parametrize("kind", NO_LINE)
def test_an_optimizer_in_words_is_none(kind):
    with pytest.raises(ProgramError, match=r"No optimizer was found|`print` is not known"):
        read_program(NO_LINE[kind])
    both = f"{NO_LINE[kind]}\nopt = torch.optim.SGD(w, lr=0.1)"
    assert read_program(both).optimizer == SGD(0.1)
    assert not any("optimizers were found" in note for note in read_program(both).notes)


@pytest.mark.parametrize(
    "cell",
    [
        f"model?\nmodel.fit??\n?model\nopt = {LINE}",
        f"%%time\nopt = {LINE}",
        f"%%timeit -n 3\n\nopt = {LINE}\n!nvidia-smi",
        f"%time opt = {LINE}",
        f"%timeit -n 2 -r 1 opt = {LINE}",
        f"files = !ls\nhere = %pwd\nopt = {LINE}",
        f"if True:\n    !pip install torch\n    opt = {LINE}\n    model??",
        f"%load_ext autoreload\n%autoreload 2\nimport torch\nopt = {LINE}\nopt?",
        f"rest = 7\\\n% 4\nopt = {LINE}",
    ],
)
def test_what_only_a_notebook_understands_breaks_nothing(cell):
    program = read_program(cell)
    assert program.optimizer == Adam(3e-4, epsilon=1e-8)
    assert not any("left out" in note for note in program.notes)


def test_many_conditions_on_a_name_are_no_number():
    with pytest.raises(ProgramError, match=r"Received: lr\."):
        read_program("lr = 0.1\n" + "if a:\n    lr = 0.2\n" * 900 + "opt = torch.optim.SGD(w, lr=lr)")


def test_names_stand_for_no_more_than_there_is():
    """No text makes the reader go round for ever."""
    for text in (
        "def f(lr=lr):\n    return SGD(lr)\nf()",
        "def f(lr):\n    return f(lr)\nf(f)\nSGD(0.1)",
        "a = b\nb = a\na = b\nSGD(a)",
        "class A(A):\n    def __init__(self, lr=1):\n        SGD(lr)\nA(A)",
        "SGD = SGD\nopt = SGD(0.1)",
        "x = x.y\nx = x.y\nSGD(x.y)",
    ):
        with contextlib.suppress(ProgramError):
            assert read_program(text).optimizer.learning_rate
