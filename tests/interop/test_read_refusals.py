"""What cannot be read is refused with what, allowed, received and what to try; no text gets anything run."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interop import Program, ProgramError, read_program

SGD = "keras.optimizers.SGD"

REFUSED = {
    "": "Paste a line, for example keras.optimizers.Adam(learning_rate=0.01). Received: nothing.",
    f"{SGD}(0.1, clipnorm=1.0, clipvalue=0.5)": "At most one of `clipnorm`, `clipvalue` and `global_clipnorm`",
    f"{SGD}(0.1, loss_scale_factor=2.0)": "must be None or 1. Received: 2.0. Leave it out.",
    f"{SGD}(0.1, use_ema=True)": "`use_ema` has no counterpart",
    f"{SGD}(0.1, mass=1)": "`SGD` takes learning_rate, momentum, nesterov,",
    f"{SGD}(0.1, learning_rate=1)": "`learning_rate` is given twice. Received: 1.",
    f"{SGD}(11)": "`learning_rate` must be a number from 1e-06 to 10 here. Received: 11.",
    f"{SGD}(-0.1)": "from 1e-06 to 10 here. Received: -0.1.",
    f"{SGD}(0.1, momentum=1.2)": "`momentum` must be a number from 0 to 0.999 here. Received: 1.2.",
    f"{SGD}(0.1, nesterov=1)": "`nesterov` must be True or False. Received: 1.",
    f"{SGD}('fast')": "`learning_rate` must be a number that is written out. Received: fast.",
    f"{SGD}(True)": "written out. Received: True.",
    f"{SGD}(1e999)": "written out. Received: 1e999.",
    f"{SGD}(nan)": "written out. Received: nan.",
    f"{SGD}(float('nan'))": "written out. Received: float('nan').",
    f"{SGD}(1/0)": "written out. Received: 1/0.",
    f"{SGD}(1e-3 if True else 1)": "written out. Received: 1e-3 if True else 1.",
    f"{SGD}(int('1'))": "`learning_rate` must be a number or one of",
    f"{SGD}(-1e-3)": "Received: -1e-3.",
    f"{SGD}({'9' * 3900})": "written out. Received: 9999",
    f"{SGD}(9**9**9)": "written out. Received: 9**9**9.",
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
    "keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 1000000, 0.9))": "by 10: 100000.",
    "keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 50, warmup_steps=5))": "needs a `warmup_target`",
    "keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([9, 5], [1, 0.1, 0.01]))": "must rise",
    "'adamant'": "Keras's optimizers by name are sgd, adagrad",
    "torch.optim.LBFGS(w)": "PyTorch's optimizers here are SGD",
    "torch.optim.SGD(w, lr=0.1, dampening=0.1)": "`dampening` has no counterpart here, so it must be 0.",
    "torch.optim.Adam(w, lr=args.lr)": "`lr` must be a number that is written out. Received: args.lr.",
    "torch.optim.RMSprop(w, alpha=1.5)": "`alpha` must be a number from 0 to 0.999 here. Received: 1.5.",
    "torch.optim.Adam(w, weight_decay=5)": "`weight_decay` must be a number from 0 to 1 here. Received: 5.",
    "torch.optim.Adam(w, maximize=True)": "`maximize` has no counterpart",
    "torch.optim.Adam(w, betas=0.9)": "`betas` must be two numbers. Received: 0.9.",
    "o = torch.optim.SGD(w)\ns = torch.optim.lr_scheduler.OneCycleLR(o, 0.1)": "`OneCycleLR` has no equal here",
    "o = torch.optim.SGD(w, lr=1.0)\ns = LambdaLR(o, lambda s: 1/(s+1)**0.5)": "Functions are not",
    "o = torch.optim.SGD(w)\ns = ExponentialLR(o, 0.9)\ns = ExponentialLR(o, 0.9)": "There can be one scheduler.",
    "optax.chain(optax.adaptive_grad_clip(1.0), optax.adam(0.1))": "`adaptive_grad_clip` has no counterpart",
    "optax.adamaxw(0.1)": "Optax's optimizers here are sgd, adagrad",
    "optax.adam()": "`adam` needs learning_rate as well.",
    "optax.chain(optax.scale_by_adam())": "This chain has no rate",
    "optax.chain(optax.scale_by_adam(), optax.scale(0.1))": "must scale by minus the rate",
    "optax.sgd(optax.cosine_onecycle_schedule(10, 0.1))": "has no equal here",
    "keras.optimizers.SGD(1e-9)": "Try 1e-06.",
    "torch.optim.SGD(w, lr=30)": "Try 10.",
    "optax.sgd(optax.piecewise_constant_schedule(0.1, {'a': 1}))": "must be a dict of steps and factors",
    "__import__('os').system('true')": "No optimizer was found.",
    "optimizer = __import__('os')": "No optimizer was found.",
    "print(1)": "`print` is not known here.",
    "for i in range(3): pass": "No optimizer was found.",
    "def f(): pass": "No optimizer was found.",
    "class A: pass": "No optimizer was found.",
    "optimizer, other = 1, 2": "No optimizer was found.",
    "hello there": "This is not Python",
    "é.SGD(0.1)": "`é.SGD`",
    "\0": "This is not Python",
    "(" * 300 + ")" * 300: "This is not Python",
    "-" * 3000 + "1": "This is not Python that can be read",
    "[" * 60 + "]" * 60: "nested too deep",
    f"{SGD}(0.1)" + "#" * 20_000: "has at most 20000 letters. Received: 20025.",
    "a = b\nb = a\nSGD(a)": "written out. Received: ",
    "a0 = [1] \n" + "".join(f"a{i} = [{f'a{i - 1}, ' * 9}]\n" for i in range(1, 12)) + "SGD(a11)": "stand for too much",
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
