"""What cannot be read is refused with what, allowed, received and what to try; no text gets anything run."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interop import Program, ProgramError, read_program

SGD = "keras.optimizers.SGD"

REFUSED = {
    "": "Paste a line, for example keras.optimizers.Adam(learning_rate=0.01). Received: nothing.",
    f"{SGD}(0.1, clipnorm=1.0)": "`clipnorm` has no counterpart here, so it must be None. Received: 1.0. Leave it out.",
    f"{SGD}(0.1, weight_decay=0.01)": "must be None or 0. Received: 0.01. Leave it out.",
    f"{SGD}(0.1, use_ema=True)": "`use_ema` has no counterpart",
    f"{SGD}(0.1, mass=1)": "`SGD` takes learning_rate, momentum, nesterov,",
    f"{SGD}(0.1, learning_rate=1)": "`learning_rate` is given twice. Received: 1.",
    f"{SGD}(11)": "`learning_rate` must be a number from 0.0001 to 10 here. Received: 11.",
    f"{SGD}(-0.1)": "from 0.0001 to 10 here. Received: -0.1.",
    f"{SGD}(0.1, momentum=1.2)": "`momentum` must be a number from 0 to 0.999 here. Received: 1.2.",
    f"{SGD}(0.1, nesterov=1)": "`nesterov` must be True or False. Received: 1.",
    f"{SGD}('fast')": "`learning_rate` must be a number that is written out. Received: fast.",
    f"{SGD}(True)": "written out. Received: True.",
    f"{SGD}(1e999)": "written out. Received: inf.",
    f"{SGD}(nan)": "written out. Received: nan.",
    f"{SGD}(float('nan'))": "`learning_rate` must be a number or one of ExponentialDecay, Piecewise",
    f"{SGD}({'9' * 3900})": "written out. Received: 9999",
    f"{SGD}(9**9**9)": "written out. Received: 9 ** 9 ** 9.",
    f"{SGD}(1j)": "written out. Received: 1j.",
    f"{SGD}(f'{{1}}')": "written out. Received: f'{1}'.",
    f"{SGD}(lambda: 0.1)": "written out. Received: lambda: 0.1.",
    f"{SGD}([x for x in y])": "written out. Received: [x for x in y].",
    f"{SGD}(rate)": "written out. Received: rate.",
    f"{SGD}(os.system('true'))": "`learning_rate` must be a number or one of",
    f"{SGD}(*rates)": "Stars cannot be read. Received: keras.optimizers.SGD(*rates).",
    f"{SGD}(**given)": "Stars cannot be read.",
    f"{SGD}(0.1": "This is not Python: '(' was never closed",
    "keras.optimizers.Muon(0.1)": "Keras's optimizers here are SGD, Adagrad, RMSprop, Adam",
    "keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9)": "That is a schedule.",
    "keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1))": "needs decay_steps, decay_rate as well.",
    "keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 10000, 0.9))": "divide all steps",
    "keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 50, warmup_steps=5))": "needs a `warmup_target`",
    "keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([9, 5], [1, 0.1, 0.01]))": "must rise",
    "'adamant'": "Keras's optimizers by name are sgd, adagrad",
    "torch.optim.LBFGS(w)": "PyTorch's optimizers here are SGD",
    "torch.optim.SGD(w, lr=0.1, dampening=0.1)": "`dampening` has no counterpart here, so it must be 0.",
    "torch.optim.Adam(w, weight_decay=0.1)": "`weight_decay` has no counterpart",
    "torch.optim.Adam(w, maximize=True)": "`maximize` has no counterpart",
    "torch.optim.Adam(w, betas=0.9)": "`betas` must be two numbers. Received: 0.9.",
    "o = torch.optim.SGD(w)\ns = torch.optim.lr_scheduler.OneCycleLR(o, 0.1)": "PyTorch's schedulers here are",
    "o = torch.optim.SGD(w, lr=1.0)\ns = torch.optim.lr_scheduler.LambdaLR(o, lambda s: 0.9**s)": "Functions are not",
    "o = torch.optim.SGD(w)\ns = ExponentialLR(o, 0.9)\ns = ExponentialLR(o, 0.9)": "There can be one scheduler.",
    "optax.chain(optax.clip(1.0), optax.adam(0.1))": "Received: clip, adam.",
    "optax.adamaxw(0.1)": "Optax's optimizers here are sgd, adagrad",
    "optax.adam()": "`adam` needs learning_rate as well.",
    "optax.lion(0.1, weight_decay=0.1)": "`weight_decay` has no counterpart",
    "optax.sgd(optax.cosine_onecycle_schedule(10, 0.1))": "Optax's schedules here are",
    "optax.sgd(optax.piecewise_constant_schedule(0.1, {'a': 1}))": "must be a dict of steps and factors",
    "__import__('os').system('true')": "No optimizer was found.",
    "optimizer = __import__('os')": "No optimizer was found.",
    "print(1)": "`print` is not known here.",
    "for i in range(3): pass": "Only imports, names and calls can be read.",
    "def f(): pass": "No optimizer was found.",
    "class A: pass": "Only imports, names and calls",
    "optimizer, other = 1, 2": "Only imports, names and calls",
    "hello there": "This is not Python",
    "é.SGD(0.1)": "`é.SGD`",
    "\0": "This is not Python",
    "(" * 300 + ")" * 300: "This is not Python",
    "-" * 3000 + "1": "This is not Python that can be read",
    "[" * 60 + "]" * 60: "nested too deep",
    f"{SGD}(0.1)" + "#" * 4000: "has at most 4000 letters. Received: 4025.",
    "a = b\nb = a\nSGD(a)": "written out. Received: ",
    "a = [1] \n" + "".join(f"a{i} = [{f'a{i - 1}, ' * 9}]\n" for i in range(1, 12)): "stand for too much",
}


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused_with_a_reason(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    assert REFUSED[text] in str(refused.value)
    assert len(str(refused.value)) < 420


def test_nothing_is_run(tmp_path):
    """Were any of these run, there would be a file."""
    there = tmp_path / "made"
    touching = f"__import__('pathlib').Path({str(there)!r}).touch()"
    for text in (touching, f"x = {touching}", f"{SGD}({touching})", f"torch.optim.SGD({touching}, lr=0.1)"):
        try:
            read_program(text)
        except ProgramError:
            continue
    assert not there.exists()


PIECES = [
    SGD,
    "(",
    ")",
    "0.1",
    ",",
    "momentum=",
    "=",
    "optimizer",
    "'adam'",
    "\n",
    "lambda",
    "[",
    "]",
    "-",
    "*",
    "{",
    ":",
]
PIECES += ["torch.optim.Adam", "optax.chain", "rate", "1e-9", "True", ".", "def rate(step):", " ", "é", "\\", '"']


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
@example("optimizer=optimizer")
def test_any_text_is_read_or_refused(text):
    try:
        assert isinstance(read_program(text), Program)
    except ProgramError:
        return
