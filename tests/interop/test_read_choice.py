"""Of several optimizers the one that is used counts; where a condition decides, none is guessed."""

import pytest

from interop import ProgramError, read_program
from optimizers import SGD, Adam, ExponentialDecay

TWO = "sgd = torch.optim.SGD(p, lr=0.1)\nadam = torch.optim.Adam(p)\n"
KERAS = "a = SGD(0.1)\nb = Adam(0.2)\n"
OPTAX = "first = optax.sgd(0.1)\nsecond = optax.adam(0.2)\n"
USED = {
    TWO + "for x in data:\n    loss.backward()\n    sgd.step()": "the one that is used, `sgd`, was",
    TWO + "for x in data:\n    scaler.step(sgd)\n    scaler.update()": "the one that is used, `sgd`, was",
    TWO + "def train(opt):\n    for x in data:\n        opt.step()\ntrain(sgd)": "the one that is used, `sgd`, was",
    TWO + "def train():\n    sgd.step()\ntrain()\ndef unused():\n    adam.step()": "the one that is used, `sgd`, was",
    TWO + "optimizer = sgd": "the one that `optimizer` stands for, `sgd`, was",
    TWO + "opt = sgd": "the one that `opt` stands for, `sgd`, was",
    TWO + "optimizer = adam\noptimizer = sgd\noptimizer.step()": "the one that is used, `sgd`, was",
    OPTAX + "updates, state = first.update(grads, state)": "the one that is used, `first`, was",
    OPTAX + "state = TrainState.create(apply_fn=f, params=p, tx=first)": "the one that is used, `first`, was",
    OPTAX + "optimizer = nnx.Optimizer(model, first)": "the one that is used, `first`, was",
    KERAS + "model.compile(optimizer=a, loss='mse')": "the one that is used, `a`, was",
    KERAS + "a.apply_gradients(zip(grads, weights))": "the one that is used, `a`, was",
    KERAS + "a.minimize(loss, [w])": "the one that is used, `a`, was",
    "a, b = SGD(0.1), Adam(0.2)\nmodel.compile(a)": "the one that is used was",
    "opts = [SGD(0.1), Adam(0.2)]\noptimizer = opts[0]": "the one that `optimizer` stands for was",
    "opts = [SGD(0.1), Adam(0.2)]\nopts[0].apply_gradients(zip(g, w))": "the one that is used was",
    "opts = [Adam(0.2), SGD(0.1)]\nopts[-1].apply_gradients(zip(g, w))": "the one that is used was",
    "opts = {'a': SGD(0.1), 'b': Adam(0.2)}\nmodel.compile(opts['a'])": "the one that is used was",
    "optimizer = SGD(0.1)\nother = Adam(0.2)": "the one that `optimizer` stands for was",
    "x = Adam(0.2)\ny = SGD(0.1)": "the last one, `y`, was",
    "optimizer = Adam(0.2)\noptimizer = SGD(0.1)": "the last one, `optimizer`, was",
}


@pytest.mark.parametrize("text", USED)
def test_the_one_that_is_used_counts(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert f"2 optimizers were found; {USED[text]} taken." in program.notes[0].replace(", `opts`,", "")


OF_ANOTHER = {
    "optimizer = optim.SGD(p, lr=0.1)\ns = StepLR(optim.Adam(q), 10, 0.5)": SGD(0.1),
    "optimizer = optim.SGD(p, lr=0.1)\ns = StepLR(optimizer=optim.Adam(q), step_size=10)": SGD(0.1),
    TWO + "s = StepLR(adam, 10)\nsgd.step()": SGD(0.1),
    TWO + "s = StepLR(adam, 10)\noptimizer = sgd": SGD(0.1),
    TWO + "def build(opt):\n    return StepLR(opt, 10)\ns = build(adam)\nsgd.step()": SGD(0.1),
}


@pytest.mark.parametrize("text", OF_ANOTHER)
def test_the_scheduler_of_another_optimizer_is_left_out(text):
    program = read_program(text)
    assert program.optimizer == OF_ANOTHER[text]
    assert "was left out: it is of another optimizer." in " ".join(program.notes)


def test_a_scheduler_goes_to_its_own_optimizer():
    stairs = SGD(ExponentialDecay(0.1, 10, 0.5, staircase=True))
    for text in (
        TWO + "s = StepLR(sgd, 10, 0.5)\nsgd.step()",
        TWO + "optimizer = sgd\ns = StepLR(optimizer, 10, 0.5)",
        "s = StepLR(torch.optim.SGD(p, lr=0.1), 10, 0.5)",
    ):
        program = read_program(text)
        assert program.optimizer == stairs
        assert "another optimizer" not in " ".join(program.notes)


CONDITIONS = {
    "if big:\n    opt = SGD(0.1)\nelse:\n    opt = SGD(0.01)": "`big`",
    "if big:\n    x = SGD(0.1)\nelse:\n    y = Adam(0.01)": "`big`",
    "if a:\n    opt = SGD(0.1)\nelif b:\n    opt = Adam(0.1)\nopt.step()": "`a`",
    "if big:\n    model.compile(SGD(0.1))\nelse:\n    model.compile(Adam(0.1))": "`big`",
    "try:\n    opt = SGD(0.1)\nexcept ValueError:\n    opt = Adam(0.01)": "whether there is an error",
    "match kind:\n    case 'sgd':\n        opt = SGD(0.1)\n    case _:\n        opt = Adam(0.2)": "`kind`",
    "opt = SGD(0.1) if big else Adam(0.01)": "`big`",
    "a = SGD(0.1)\nb = Adam(0.2)\nopt = a if big else b": "depends on a condition",
    "model.compile(optimizer=SGD(0.1) if big else Adam(0.01))": "`big`",
    "if big:\n    name = 'sgd'\nelse:\n    name = 'adam'\nmodel.compile(optimizer=name)": "if big else 'adam'",
    "opts = {'a': SGD(0.1), 'b': Adam(0.2)}\nopt = opts[args.name]": "depends on a condition",
    "opts = [SGD(0.1), Adam(0.2)]\nopts[i].apply_gradients(zip(g, w))": "depends on a condition",
    "opt = {'a': SGD(0.1), 'b': Adam(0.2)}.get(kind)": "depends on a condition",
    "optimizer = optim.SGD(p, lr=0.1)\nfor e in r:\n    if e == 5:\n        optimizer = optim.SGD(p, lr=0.5)": "e == 5",
    "def make(kind):\n    if kind == 's':\n        return SGD(0.1)\n    return Adam(0.2)\nopt = make(arg)": "kind ==",
    "def make(self):\n    if self.plain:\n        return SGD(0.1)\n    else:\n        return Adam(0.2)": "`self.plain`",
    "opt = SGD(0.1)\nif warm:\n    opt = Adam(0.1)\nopt.apply_gradients(zip(g, w))": "`warm`",
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_an_optimizer_that_depends_on_a_condition_is_not_guessed(text):
    with pytest.raises(ProgramError, match="Which optimizer is meant depends on a condition") as refused:
        read_program(text)
    assert CONDITIONS[text] in str(refused.value)
    assert "Paste the one line that is meant." in str(refused.value)
    assert refused.value.without is None
    assert len(str(refused.value)) < 420


DECIDED = (
    "if True:\n    opt = SGD(0.1)\nelse:\n    opt = Adam(0.01)",
    "if 0:\n    opt = Adam(0.01)\nelse:\n    opt = SGD(0.1)",
    "if not False:\n    opt = SGD(0.1)\nelse:\n    opt = Adam(0.01)",
    "BIG = False\nif BIG:\n    opt = Adam(0.01)\nelse:\n    opt = SGD(0.1)",
    "kind = 'sgd'\nif kind == 'adam':\n    opt = Adam(0.01)\nelif kind == 'sgd':\n    opt = SGD(0.1)",
    "kind = 'sgd'\nif kind in ('adam', 'adamw'):\n    opt = Adam(0.01)\nelse:\n    opt = SGD(0.1)",
    "n = 3\nif n > 2 and n != 5:\n    opt = SGD(0.1)\nelse:\n    opt = Adam(0.01)",
    "opt = SGD(0.1) if 2 > 1 else Adam(0.01)",
    "def make(kind):\n    if kind == 'sgd':\n        return SGD(0.1)\n    return Adam(0.2)\nopt = make('sgd')",
    "def make(kind):\n    if kind == 'adam':\n        return Adam(0.2)\n    return SGD(0.1)\nopt = make('sgd')",
    "if __name__ == '__main__':\n    opt = SGD(0.1)\nelse:\n    opt = Adam(0.2)",
    "if big:\n    opt = Adam(0.3)\nelse:\n    opt = Adam(0.2)\nopt = SGD(0.1)",
    "try:\n    opt = tf.keras.optimizers.legacy.SGD(0.1)\nexcept ImportError:\n    opt = keras.optimizers.SGD(0.1)",
    "if gpu:\n    opt = SGD(0.1)\nelse:\n    opt = SGD(learning_rate=0.1)",
    "lr = None\nif lr is None:\n    lr = 0.1\nopt = SGD(lr)",
)


@pytest.mark.parametrize("text", DECIDED)
def test_what_written_values_decide_is_read(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert not any("made only if" in note for note in program.notes)


def test_a_condition_that_a_default_decides_is_said():
    text = "def make(kind='sgd'):\n    if kind == 'adam':\n        return Adam(0.2)\n    return SGD(0.1)"
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert "`kind` is 'sgd', the default of `make`" in " ".join(program.notes)


SET_BEFORE = {
    "opt = SGD(0.5)\nopt.learning_rate = 0.1": SGD(0.1),
    "opt = SGD(0.5)\nmodel.compile(opt)\nopt.learning_rate = 0.1\nmodel.fit(x)": SGD(0.1),
    "lr = 0.1\nopt = torch.optim.SGD(w, lr=0.5)\nopt.param_groups[0]['lr'] = lr\nopt.step()": SGD(0.1),
    "opt = torch.optim.SGD(w, lr=0.2)\nopt.param_groups[0]['lr'] *= 0.5": SGD(0.1),
    "best = SGD(0.5)\nbest.lr = 0.1": SGD(0.1),
    "opt = torch.optim.SGD(w, lr=0.5)\nopt.param_groups[0]['lr'] = 0.1\ns = StepLR(opt, 5)": SGD(
        ExponentialDecay(0.1, 5, 0.1, staircase=True)
    ),
}


@pytest.mark.parametrize("text", SET_BEFORE)
def test_a_rate_that_is_set_before_training_is_the_rate(text):
    program = read_program(text)
    assert program.optimizer == SET_BEFORE[text]
    assert not program.notes


SET_LATER = (
    "opt = SGD(0.1)\nfor e in r:\n    opt.learning_rate = 0.5",
    "opt = SGD(0.1)\nif big:\n    opt.learning_rate = 0.5",
    "opt = SGD(0.1)\ndef later():\n    opt.learning_rate = 0.5",
    "opt = SGD(0.1)\nmodel.compile(opt)\nmodel.fit(x)\nopt.learning_rate = 0.5",
    "opt = torch.optim.SGD(w, lr=0.1)\nfor x in d:\n    opt.step()\nopt.param_groups[0]['lr'] = 0.5",
    "opt = torch.optim.SGD(w, lr=0.1)\ndef train():\n    opt.step()\ntrain()\nopt.param_groups[0]['lr'] = 0.5",
    "opt = torch.optim.SGD(w, lr=0.1)\nopt.param_groups[1]['lr'] = 0.5",
    "opt = SGD(0.1)\nopt.learning_rate = rate()",
    "opt = SGD(0.1)\nopt.momentum = 0.9",
)


@pytest.mark.parametrize("text", SET_LATER)
def test_a_rate_that_is_set_later_is_said(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert "was left out" in " ".join(program.notes)


def test_pytorch_steps_with_the_rate_that_is_set():
    torch = pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    for text in SET_BEFORE:
        if "torch" not in text:
            continue
        w = [torch.nn.Parameter(torch.zeros(1))]
        names = {"torch": torch, "w": w, "StepLR": torch.optim.lr_scheduler.StepLR}
        exec(text, names)
        rate = SET_BEFORE[text].learning_rate
        first = float(rate(0)) if isinstance(rate, ExponentialDecay) else float(rate)
        assert names["opt"].param_groups[0]["lr"] == pytest.approx(first)


def test_a_name_that_is_changed_on_the_way_is_said():
    for line in ("lr /= 2", "lr *= k"):
        with pytest.raises(ProgramError) as refused:
            read_program(f"lr = 0.1\n{line}\nSGD(lr)")
        assert f"Received: lr. It is changed on the way, by `{line}`, and nothing is run here" in str(refused.value)
    for text in ("lr = 0.1\nfor e in r:\n    lr *= 0.5\nSGD(lr)", "lr = 0.1\nif big:\n    lr *= 0.5\nSGD(lr)"):
        with pytest.raises(ProgramError, match=r"changed on the way, by `lr \*= 0\.5`"):
            read_program(text)
    assert read_program("lr = 0.1\nlr *= 2\nlr = 0.3\nSGD(lr)").optimizer == SGD(0.3)
    assert read_program("a = Adam(0.1)").optimizer == Adam(0.1)
