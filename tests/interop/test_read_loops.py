"""A training loop says which clip, which scheduler and how many batches a step has: held against running it."""

import numpy as np
import pytest

from interop import ProgramError, read_program
from landscapes import LANDSCAPES
from optimizers import SGD, ExponentialDecay, descend

STEPS = 30
HEAD = "optimizer = torch.optim.SGD(model.parameters(), lr=0.01)\n"
NORM = "torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)"

RUN = {
    "plain": f"zero()\n    loss().backward()\n    {NORM}\n    optimizer.step()",
    "turned round": f"loss().backward()\n    {NORM}\n    optimizer.step()\n    optimizer.zero_grad()",
    "after the step": f"zero()\n    loss().backward()\n    optimizer.step()\n    {NORM}",
    "before the gradients": f"zero()\n    {NORM}\n    loss().backward()\n    optimizer.step()",
    "a condition that holds": f"zero()\n    loss().backward()\n    if LIMIT > 0:\n        {NORM}\n    optimizer.step()",
    "in training": f"if training:\n        zero()\n        loss().backward()\n        {NORM}\n        optimizer.step()",
    "value": "zero()\n    loss().backward()\n    torch.nn.utils.clip_grad_value_(model.parameters(), 2.0)\n"
    "    optimizer.step()",
    "one by one": "zero()\n    loss().backward()\n    for p in model.parameters():\n"
    "        torch.nn.utils.clip_grad_norm_(p, 2.0)\n    optimizer.step()",
    "stepped every round": "zero()\n    loss().backward()\n    optimizer.step()\n    scheduler.step()",
    "if there is a scheduler": "zero()\n    loss().backward()\n    optimizer.step()\n"
    "    if scheduler is not None:\n        scheduler.step()",
}


@pytest.mark.parametrize("kind", RUN)
def test_a_loop_walks_as_pytorch_runs_it(kind):
    torch = pytest.importorskip("torch", reason="PyTorch is large: its loops run where it is installed")
    scheduler = "scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)\n" if "schedul" in RUN[kind] else ""
    body = RUN[kind].replace("zero()", "optimizer.zero_grad()").replace("loss()", "criterion(model)")
    text = f"LIMIT = 2.0\n{HEAD}{scheduler}for step in range({STEPS}):\n    {body}\n    visited.append(position(model))"
    landscape = LANDSCAPES["booth"]()
    model = torch.nn.Linear(1, 2, bias=False).double()
    model.weight.data = torch.tensor(np.array(landscape.start)[:, None])
    visited = [np.array(landscape.start)]
    names = {
        "torch": torch,
        "model": model,
        "training": True,
        "visited": visited,
        "position": lambda model: model.weight.detach().numpy()[:, 0].copy(),
        "criterion": lambda model: landscape_loss(model.weight[:, 0]),
    }
    exec(text, names)
    path = descend(landscape, read_program(text).optimizer, steps=STEPS).positions
    np.testing.assert_allclose(path, visited, rtol=1e-5, atol=1e-5)


def landscape_loss(xy):
    """Booth's function."""
    x, y = xy
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


OPTIMIZER = "opt = torch.optim.SGD(model.parameters(), lr=0.1)\n"
GAN = "optG = torch.optim.SGD(G.parameters(), lr=0.2)\noptD = torch.optim.SGD(D.parameters(), lr=0.1)\n"
GAN_LOOP = (
    "for x in data:\n    lossG.backward()\n    {}\n    optG.step()\n    lossD.backward()\n    {}\n    optD.step()"
)
LOOP = OPTIMIZER + "for x in data:\n    opt.zero_grad()\n    loss.backward()\n    {}\n    opt.step()"

CLIPPED = {
    GAN + GAN_LOOP.format("clip_grad_norm_(G.parameters(), 5.0)", "clip_grad_norm_(D.parameters(), 1.0)"): "another",
    GAN + GAN_LOOP.format("pass", "clip_grad_norm_(list(D.parameters()), 1.0)"): "adds 1e-06",
    GAN + GAN_LOOP.format("pass", "clip_grad_norm_([p for p in D.parameters()], 1.0)"): "adds 1e-06",
    GAN + GAN_LOOP.format("pass", "clip_grad_norm_(optD.param_groups[0]['params'], 1.0)"): "adds 1e-06",
    GAN + GAN_LOOP.format("pass", "clip_grad_norm_(amp.master_params(optD), 1.0)"): "adds 1e-06",
    LOOP.format("clip_grad_norm_(model.parameters(), 1.0)") + "\n    opt.step()": "in all 2 steps of the text",
    LOOP.format("if accelerator.sync_gradients:\n        clip_grad_norm_(model.parameters(), 1.0)"): "adds 1e-06",
    LOOP.format("clip_grad_norm_(parameters, 1.0)"): "is read as a clip of all parameters",
    "def clip(net, limit):\n    clip_grad_norm_(net.parameters(), limit)\n" + LOOP.format("clip(model, 1.0)"): "adds",
    LOOP.format("scaler.unscale_(opt)\n    clip_grad_norm_(model.parameters(), 1.0)"): "adds 1e-06",
}


@pytest.mark.parametrize("text", CLIPPED)
def test_a_clip_belongs_to_the_optimizer_of_its_parameters(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1, global_clipnorm=1.0)
    assert CLIPPED[text] in " ".join(program.notes)


NOT_CLIPPED = {
    GAN + GAN_LOOP.format("clip_grad_norm_(G.parameters(), 1.0)", "pass"): "of another optimizer",
    GAN + GAN_LOOP.format("clip_grad_value_(G.parameters(), 1.0)", "pass"): "of another optimizer",
    GAN + GAN_LOOP.format("clip_grad_norm_(amp.master_params(optG), 1.0)", "pass"): "of another optimizer",
    GAN + GAN_LOOP.format("clip_grad_norm_(params, 1.0)", "pass"): "cannot be known here",
    GAN + "clip_grad_norm_(list(G.parameters()) + list(D.parameters()), 1.0)": "cannot be known here",
    LOOP.format("pass") + "\n    clip_grad_norm_(model.parameters(), 1.0)": "it stands after `step()`",
    OPTIMIZER + "def clip(m):\n    clip_grad_norm_(m.parameters(), 1.0)\nfor x in d:\n    opt.step()": "nothing in",
    LOOP.replace("    opt.zero", "    clip_grad_norm_(model.parameters(), 1.0)\n    opt.zero").format("pass"): "after",
}


@pytest.mark.parametrize("text", NOT_CLIPPED)
def test_a_clip_that_changes_no_step_of_this_optimizer_is_left_out(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert any("clip_grad" in note and "left out" in note and NOT_CLIPPED[text] in note for note in program.notes)


StepLR = OPTIMIZER + "scheduler = StepLR(opt, 5)\n"
LIGHTNING = (
    "class Net(L.LightningModule):\n    def configure_optimizers(self):\n"
    "        o = torch.optim.SGD(self.parameters(), lr=0.1)\n        s = StepLR(o, 5)\n        return {}"
)
REFUSED = {
    LOOP.format("if epoch > 3:\n        clip_grad_norm_(model.parameters(), 1.0)"): "only in a condition, `epoch > 3`",
    LOOP.format("if args.clip:\n        clip_grad_value_(model.parameters(), 1.0)"): "only in a condition, `args.clip`",
    LOOP.format("clip_grad_norm_(model.parameters(), 1.0) if clip else None"): "only in a condition, `clip`",
    LOOP.format("clip and clip_grad_norm_(model.parameters(), 1.0)"): "only in a condition, `clip`",
    OPTIMIZER
    + "for i in r:\n    if i < 9:\n        opt.step()\n        continue\n    clip_grad_norm_(model.parameters(), 1)"
    "\n    opt.step()": "condition, `not i < 9`",
    OPTIMIZER + "for i in r:\n    loss.backward()\n    if i % 4:\n        continue\n    opt.step()": "add up",
    StepLR + "for i in r:\n    opt.step()\n    if i % 10:\n        continue\n    scheduler.step()": "if `not i % 10`",
    LOOP.format("clip_grad_norm_(model.encoder.parameters(), 1.0)"): "this one of some",
    StepLR + "for e in range(9):\n    opt.step()\n    if e % 10 == 0:\n        scheduler.step()": "if `e % 10 == 0`",
    StepLR + "for e in range(9):\n    opt.step()\n    if e > 2:\n        scheduler.step()": "only if `e > 2`",
    StepLR + "for e in range(9):\n    opt.step()\n    e > 2 and scheduler.step()": "only if `e > 2`",
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step(e // 2)": "a number, `scheduler.step(e // 2)`",
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step(e + i / n)": "with a number",
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step(epoch=e * 2)": "with a number",
    LIGHTNING.format("[o], [{'scheduler': s, 'interval': 'step', 'frequency': 5}]"): "once in 5 times",
    LIGHTNING.format("{'optimizer': o, 'lr_scheduler': {'scheduler': s, 'frequency': k}}"): "once in k times",
    OPTIMIZER + "for i, x in data:\n    (loss / 4).backward()\n    if (i + 1) % 4 == 0:\n        opt.step()": "add up",
    OPTIMIZER + "for i, x in data:\n    loss.backward()\n    if i % k == 0 or last:\n        opt.step()": "add up",
    OPTIMIZER + "for e in data:\n    for x in e:\n        loss.backward()\n    opt.step()": "gradients add up",
    OPTIMIZER + "for x in data:\n    loss.backward()\n    if accelerator.sync_gradients:\n        opt.step()": "add up",
    OPTIMIZER + "for x in data:\n    with accelerator.accumulate(model):\n        opt.step()": "add up",
    OPTIMIZER + "trainer = Trainer(accumulate_grad_batches=4)": "`accumulate_grad_batches` has no counterpart",
    OPTIMIZER + "trainer = Trainer(max_epochs=3, accumulate_grad_batches={0: 4})": "`accumulate_grad_batches`",
    OPTIMIZER + "a = Accelerator(gradient_accumulation_steps=4)": "`gradient_accumulation_steps` has no",
    OPTIMIZER + "a = TrainingArguments('x', gradient_accumulation_steps=4)": "`gradient_accumulation_steps` has no",
    "keras.optimizers.SGD(0.1, gradient_accumulation_steps=4)": "`gradient_accumulation_steps` has no counterpart",
    "optax.MultiSteps(optax.sgd(0.1), every_k_schedule=4)": "`MultiSteps` has no counterpart",
    "optax.chain(optax.sgd(0.1), optax.apply_every(4))": "`apply_every` has no counterpart",
    OPTIMIZER + "s = CosineAnnealingLR(opt, T_max=len(loader) * 3)": "`T_max` must be a number that is written out",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_happens_only_now_and_then_is_refused_and_can_be_left_out(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    assert REFUSED[text] in str(refused.value)
    assert len(str(refused.value)) < 420
    assert refused.value.without is not None
    assert refused.value.without.optimizer == SGD(0.1)
    assert any("left out" in note for note in refused.value.without.notes)


STAIRS = SGD(ExponentialDecay(0.1, 5, 0.1, staircase=True))
NOTED = {
    StepLR + "for e in range(9):\n    for x in data:\n        opt.step()\n    scheduler.step()": "runs less often",
    StepLR + "def train():\n    for x in data:\n        opt.step()\nfor e in range(9):\n    train()\n"
    "    scheduler.step()": "runs less often",
    StepLR + "for epoch in range(9):\n    train(model)\n    scheduler.step()": "runs less often",
    StepLR + "for e in range(9):\n    opt.step()": "No line of this text steps `scheduler`",
    StepLR + "for e in range(9):\n    scheduler.step()\n    opt.step()": "before the optimizer's step",
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step(e)": "counts by the loop's number",
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step()\n    scheduler.step()": "2 times a round",
    LIGHTNING.format("[o], [s]"): "Lightning steps `StepLR(o, 5)` once an epoch",
    LIGHTNING.format("{'optimizer': o, 'lr_scheduler': {'scheduler': s, 'interval': 'epoch'}}"): "once an epoch",
}


@pytest.mark.parametrize("text", NOTED)
def test_a_scheduler_that_counts_otherwise_is_said_to(text):
    program = read_program(text)
    assert program.optimizer == STAIRS
    assert NOTED[text] in " ".join(program.notes)


PLAIN = (
    StepLR + "for e in range(9):\n    opt.step()\n    scheduler.step()",
    StepLR + "for e in range(9):\n    for x in data:\n        opt.step()\n        scheduler.step()",
    StepLR + "for e in range(9):\n    opt.step()\n    if scheduler:\n        scheduler.step()",
    StepLR + "for x in data:\n    if phase == 'train':\n        opt.step()\n        scheduler.step()",
    StepLR + "def train(model, optimizer, sched):\n    for x in data:\n        optimizer.step()\n        sched.step()\n"
    "train(net, opt, scheduler)",
    StepLR + "for x in data:\n    scaler.step(opt)\n    scaler.update()\n    scheduler.step()",
    StepLR.replace("scheduler", "lr_scheduler") + "for x in data:\n    opt.step()\n    lr_scheduler.step()",
    LIGHTNING.format("{'optimizer': o, 'lr_scheduler': {'scheduler': s, 'interval': 'step'}}"),
    LIGHTNING.format("[o], [{'scheduler': s, 'interval': 'step', 'frequency': 1}]"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_scheduler_of_every_step_needs_no_note(text):
    program = read_program(text)
    assert program.optimizer == STAIRS
    assert not program.notes


def test_gradients_of_tensorflow_belong_to_who_applies_them():
    makes = "g_opt = keras.optimizers.SGD(0.2)\nd_opt = keras.optimizers.SGD(0.1)\n"
    applies = "g_opt.apply_gradients(zip(g_grads, gw))\nd_opt.apply_gradients(zip(d_grads, dw))"
    own = read_program(makes + "d_grads = [tf.clip_by_norm(g, 1.0) for g in d_grads]\n" + applies)
    assert own.optimizer == SGD(0.1, clipnorm=1.0)
    other = read_program(makes + "g_grads = [tf.clip_by_norm(g, 1.0) for g in g_grads]\n" + applies)
    assert other.optimizer == SGD(0.1)
    assert "of another optimizer" in " ".join(other.notes)


NOTES = {
    "if cosine:\n    opt = torch.optim.SGD(w, lr=0.1)": "is made only if `cosine`; here always.",
    "opt = keras.optimizers.SGD(0.1)\nif i % 4 == 0:\n    opt.apply_gradients(zip(total, w))": "`if i % 4 == 0`",
    "opt = optax.sgd(0.1)\nif i % 4 == 0:\n    updates, s = opt.update(total, s)": "`if i % 4 == 0` was left out",
    OPTIMIZER + "for x in data:\n    (loss * 0.5).backward()\n    opt.step()": "multiplied or divided by was left out",
    OPTIMIZER + "for x in data:\n    loss.backward()\n    if loss < 9:\n        opt.step()": "`if loss < 9` was left",
    OPTIMIZER + "for i, x in data:\n    if i % 5 == 0:\n        loss.backward()\n        opt.step()": "`if i % 5 == 0`",
    OPTIMIZER + "args = TrainingArguments('out')": "clips gradients at `max_grad_norm`",
    "class Net:\n    def configure_gradient_clipping(self, o):\n        pass\n" + OPTIMIZER: "`configure_gradient_clip",
    OPTIMIZER + "opt.load_state_dict(checkpoint)": "`opt.load_state_dict(checkpoint)` was left out",
    "opt = keras.optimizers.SGD(0.1)\nopt.exclude_from_weight_decay(['b'])": "was left out",
}


@pytest.mark.parametrize("text", NOTES)
def test_a_step_that_is_not_plain_is_said_to_be(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert NOTES[text] in " ".join(program.notes)


def test_two_optimizers_in_a_loop_are_no_accumulation():
    inner = "for x in data:\n    for _ in range(5):\n        lossG.backward()\n        optG.step()\n"
    program = read_program(GAN + inner + "    lossD.backward()\n    optD.step()")
    assert program.optimizer == SGD(0.1)
    assert program.notes == ("2 optimizers were found; the last one, `optD`, was taken.",)


def test_arguments_of_a_trainer_are_no_optimizer():
    with pytest.raises(ProgramError, match="`TrainingArguments` tells a Trainer of Transformers"):
        read_program("args = TrainingArguments('out', learning_rate=2e-5)\ntrainer = Trainer(model, args)")
