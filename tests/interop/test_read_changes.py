"""What changes a step beside the optimizer is named; signs and limits of Optax's chains have the right words."""

import numpy as np
import pytest

from interop import ProgramError, read_program
from landscapes import LANDSCAPES
from optimizers import SGD, ExponentialDecay, descend
from tests.interop.programs import PATHS

STEPS = 60
OPTAX = "opt = optax.sgd(0.1)\nupdates, state = opt.update(grads, state)\n"
TORCH = "opt = torch.optim.SGD([q], lr=0.1)\nopt.step()\n"
KERAS = "opt = keras.optimizers.SGD(0.1)\n"

NAMED = {
    OPTAX + "updates = jax.tree.map(lambda u: 0.5 * u, updates)": "`updates = jax.tree.map(",
    OPTAX + "updates = 0.5 * updates": "`updates = 0.5 * updates`",
    OPTAX + "updates = {k: -u for k, u in updates.items()}": "`updates = {",
    OPTAX + "updates *= 0.5": "`updates *= 0.5`",
    OPTAX + "updates, s = clip.update(updates, s)": "= clip.update(updates, s)`",
    OPTAX + "scaled = jax.tree.map(lambda u: 0.5 * u, updates)": "`scaled = jax.tree.map(",
    OPTAX + "upd = -upd": "`upd = -upd`",
    OPTAX + "p = optax.apply_updates(p, jax.tree.map(lambda u: 0.5 * u, updates))": "`optax.apply_updates(p, ",
    OPTAX + "u, state = opt.update(jax.tree.map(lambda g: g / 2, grads), state)": "`opt.update(jax.tree.map(",
    OPTAX + "total = jax.tree.map(jnp.add, total, grads)": "`total = jax.tree.map(jnp.add, total, gr",
    "clip = optax.clip_by_global_norm(1.0)\n" + OPTAX + "g, s = clip.update(g, s)": "`clip.update(g, s)`",
    OPTAX + "g, s = optax.clip(1.0).update(g, s)": "`optax.clip(1.0).update(g, s)`",
    OPTAX + "g, s = optax.add_decayed_weights(0.1).update(g, s, params)": "`optax.add_decayed_weights(0.1)",
    OPTAX + "params = optax.projections.projection_box(params, 0, 1)": "`optax.projections.projection_box",
    "from optax.projections import projection_simplex\n"
    + OPTAX
    + "x = projection_simplex(x)": "`projection_simplex(x)`",
    OPTAX + "params = jax.tree.map(lambda p: jnp.clip(p, 0, 1), params)": "`params = jax.tree.map(",
    OPTAX + "w = jnp.maximum(w, 0)": "`w = jnp.maximum(w, 0)`",
    OPTAX + "slow = optax.incremental_update(params, slow, 0.1)": "`optax.incremental_update(",
    OPTAX + "state.hyperparams['learning_rate'] = 0.5": "`state.hyperparams['learning_rate'] = …`",
    OPTAX + "opt_state.hyperparams['b1'] = jnp.asarray(0.5)": "`opt_state.hyperparams['b1'] = …`",
    OPTAX + "state = state._replace(hyperparams={'learning_rate': 0.5})": "`state._replace(hyperparams=",
    OPTAX + "state = optax.tree.set(state, learning_rate=0.5)": "`optax.tree.set(state, learning_rate=0.5)`",
    TORCH + "with torch.no_grad():\n    q.clamp_(0, 1)": "`q.clamp_(0, 1)`",
    TORCH + "for p in model.parameters():\n    p.data.clamp_(-0.01, 0.01)": "`p.data.clamp_(-0.01, 0.01)`",
    TORCH + "model.fc.weight.data.clamp_(min=0)": "`model.fc.weight.data.clamp_(min=0)`",
    TORCH + "layers[0].weight.clamp_(0)": "`layers[0].weight.clamp_(0)`",
    TORCH + "p.data.mul_(0.99)": "`p.data.mul_(0.99)`",
    TORCH + "p.add_(torch.randn_like(p), alpha=0.1)": "`p.add_(torch.randn_like(p), alpha=0.1)`",
    TORCH + "q.data = torch.clamp(q.data, 0, 1)": "`q.data = torch.clamp(q.data, 0, 1)`",
    TORCH + "q -= 0.1 * q.grad": "`q -= 0.1 * q.grad`",
    TORCH + "q.grad = q.grad.sign()": "`q.grad = q.grad.sign()`",
    TORCH + "q.grad.mul_(0.5)": "`q.grad.mul_(0.5)`",
    KERAS + "w.assign(tf.clip_by_value(w, 0, 1))": "`w.assign(tf.clip_by_value(w, 0, 1))`",
    KERAS + "opt.apply_gradients([(g / 2, v) for g, v in zip(grads, ws)])": "`opt.apply_gradients([(g / 2, v)",
    KERAS + "total = [a + g for a, g in zip(total, grads)]": "`total = [a + g for",
    KERAS + "w.assign_sub(0.1 * g)": "`w.assign_sub(0.1 * g)`",
    KERAS + "layer = Dense(1, kernel_constraint=MaxNorm(2))": "`kernel_constraint=MaxNorm(2)`",
}


@pytest.mark.parametrize("text", NAMED)
def test_what_changes_a_step_by_hand_is_named(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert any(NAMED[text] in note and "left out" in note for note in program.notes)


SILENT = (
    OPTAX + "params = optax.apply_updates(params, updates)",
    OPTAX + "loss = lambda p: optax.l2_loss(p)\ngrads = jax.grad(loss)(params)",
    "model = nnx.Optimizer(net, optax.sgd(0.1), wrt=nnx.Param)",
    "tx = optax.sgd(0.1)\nstate = TrainState.create(apply_fn=net.apply, params=params, tx=tx)",
    TORCH + "total.add_(loss)\nrunning_loss += loss.item() * 4\nloss_avg.mul_(0.9)",
    TORCH + "nn.init.normal_(q)\nq.grad.zero_()\nq.requires_grad_(True)",
    TORCH + "torch.save({'opt': opt.state_dict()}, path)\nprint(opt.state_dict())",
    KERAS + "opt.apply_gradients([(g, v) for g, v in zip(grads, ws)])\nnorm = sum(tf.norm(g) for g in grads)",
    OPTAX + "norm = optax.global_norm(updates)\nsizes = [g.size for g in grads]\ngrad_norm = jnp.sqrt(norm)",
    KERAS + "loss_metric.update_state(loss)\nopt.build(variables)",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_changes_no_step_needs_no_note(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert not program.notes


WALKS = [
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(lambda c: -0.1 * 0.99**c))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(lambda c: 0.1 * 0.99**c), optax.scale(-0.5))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(optax.exponential_decay(-0.1, 10, 0.9)))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(optax.linear_schedule(-0.1, -0.01, 30)))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(optax.cosine_decay_schedule(-0.1, 40, 0.1)))",
    "optax.chain(optax.identity(), optax.scale_by_schedule(optax.constant_schedule(-0.02)))",
    "optax.chain(optax.scale_by_adam(), optax.scale(0.5), optax.scale_by_learning_rate(0.1))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(-0.1, flip_sign=False))",
    "optax.chain(optax.scale(-1), optax.scale(0.02))",
    "optax.chain(optax.adam(0.2), optax.scale(0.5))",
    "optax.chain(optax.sgd(0.02, momentum=0.5), optax.scale(0.5))",
    "optax.chain(optax.sgd(0.02), optax.add_decayed_weights(-1e-3))",
]


@pytest.mark.parametrize("text", WALKS)
def test_a_chain_with_its_signs_walks_as_optax_does(text):
    landscape = LANDSCAPES["booth"]()
    path = descend(landscape, read_program(text).optimizer, steps=STEPS).positions
    expected = PATHS["optax"](f"import optax\noptimizer = {text}", landscape, STEPS)
    assert np.ptp(expected, axis=0).max() > 0.1
    np.testing.assert_allclose(path, expected, rtol=2e-4, atol=2e-4)


def test_a_formula_of_another_schedule():
    lines = "lr = 0.1\ns = optax.exponential_decay(lr, 10, 0.9)\nopt = optax.chain(optax.scale_by_adam(), {})"
    plain = read_program(lines.format("optax.scale_by_learning_rate(s)")).optimizer
    for part in (
        "optax.scale_by_schedule(lambda c: -s(c))",
        "optax.scale_by_schedule(lambda step: -1.0 * s(step))",
        "optax.scale_by_schedule(lambda step: s(step) * -1)",
    ):
        assert read_program(lines.format(part)).optimizer == plain


def test_a_function_of_one_line_is_its_formula():
    lines = "def f(step):\n    {}\nopt = optax.chain(optax.identity(), optax.scale_by_schedule(f))"
    falling = SGD(ExponentialDecay(0.1, 1, 0.99))
    assert read_program(lines.format("return -0.1 * 0.99**step")).optimizer == falling
    assert read_program(lines.format("'Falls.'\n    return -0.1 * 0.99**step")).optimizer == falling
    with pytest.raises(ProgramError, match="Received: the function f"):
        read_program(lines.format("x = step\n    return -0.1 * 0.99**x"))
    torch = "o = torch.optim.SGD(w, lr=0.1)\ndef f(e):\n    return 0.99**e\ns = LambdaLR(o, lr_lambda=f)"
    assert read_program(torch).optimizer == falling


def test_a_name_in_a_formula_is_looked_up_when_it_is_called():
    lines = "o = torch.optim.SGD(w, lr=0.1)\ng = 0.9\ns = LambdaLR(o, lambda e: g**e)"
    assert read_program(lines).optimizer == SGD(ExponentialDecay(0.1, 1, 0.9))
    with pytest.raises(ProgramError, match="Functions are not run"):
        read_program(lines + "\ng = 0.5")


WORDS = {
    "optax.chain(optax.add_decayed_weights(-1e-4), optax.sgd(0.1))": "must be above 0: below 0 the weights grow",
    "optax.chain(optax.sgd(0.1), optax.add_decayed_weights(1e-4))": "must be below 0, minus the rate times the decay",
    "o = torch.optim.SGD(w, lr=0.1)\ns = CosineAnnealingLR(o, 50, eta_min=0.5)": "from 0 to the optimizer's rate, 0.1",
    "o = torch.optim.SGD(w, lr=0.1)\ns = CosineAnnealingLR(o, 50, eta_min=-0.1)": "from 0 to the optimizer's rate, 0.1",
    "o = torch.optim.SGD(w, lr=0.1)\ns = CosineAnnealingWarmRestarts(o, 5, eta_min=1)": "from 0 to the optimizer's",
}


@pytest.mark.parametrize("text", WORDS)
def test_a_value_that_the_library_allows_is_refused_with_the_limit_here(text):
    with pytest.raises(ProgramError) as refused:
        read_program(text)
    assert WORDS[text] in str(refused.value)
    assert "Received: " in str(refused.value)
    assert refused.value.without is not None
    assert refused.value.without.optimizer == SGD(0.1)


UPHILL = (
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(lambda c: 0.1 * 0.99**c))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(optax.exponential_decay(0.1, 10, 0.9)))",
    "optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(0.1, flip_sign=False))",
    "optax.chain(optax.scale_by_adam(), optax.scale(-0.1), optax.scale(-1))",
)


@pytest.mark.parametrize("text", UPHILL)
def test_a_chain_that_goes_uphill_is_said_to(text):
    with pytest.raises(ProgramError, match="must scale by minus the rate") as refused:
        read_program(text)
    assert "uphill" in str(refused.value) or "downhill" in str(refused.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("warmup_cosine_decay_schedule(0.0, 0.1, 10, 100, end_value=0.5)", "`end_value` must be a number from 0 to"),
        ("warmup_cosine_decay_schedule(0.0, 0.1, 100, 50)", "`decay_steps` counts the warm-up, too"),
        ("cosine_decay_schedule(0.1, 100, alpha=2)", "`alpha` must be a number from 0 to 1 here"),
    ],
)
def test_limits_of_a_schedule_name_its_own_argument(line, message):
    with pytest.raises(ProgramError) as refused:
        read_program(f"optax.adam(optax.{line})")
    assert message in str(refused.value)


TENSORFLOW = "opt = keras.optimizers.SGD(0.1)\nfor x in data:\n    g = tape.gradient(loss, ws)\n"
APPLY = "    opt.apply_gradients(zip(g, ws))\n"
BY_HAND = {
    TENSORFLOW + "    g = [0.5 * v for v in g]\n" + APPLY: "`g = [0.5 * v for v in g]` was left out: it changes the",
    TENSORFLOW + "    g = halves(g)\n" + APPLY: "`g = halves(g)` was left out: it changes the gradients",
    TENSORFLOW + "    g = tf.nest.map_structure(halve, g)\n" + APPLY: "= tf.nest.map_structure(halve, g)` was left out",
    TENSORFLOW + "    g[0] = 2 * g[0]\n" + APPLY: "`g[0] = 2 * g[0]` was left out",
    TENSORFLOW + "    g *= 2\n" + APPLY: "`g *= 2` was left out",
    TENSORFLOW + "    g = others\n" + APPLY: "`g = others` was left out",
    TENSORFLOW
    + "    h = [v / n for v in g]\n    opt.apply_gradients(zip(h, ws))": "`h = [v / n for v in g]` was left out",
    TENSORFLOW + "    opt.apply_gradients(zip([0.5 * v for v in g], ws))": "`opt.apply_gradients(zip([0.5 * v for v",
    TENSORFLOW + "    opt.apply_gradients([(2 * v, w) for v, w in zip(g, ws)])": "`opt.apply_gradients([(2 * v, w)",
    TENSORFLOW + APPLY + "    for v in ws:\n        v.assign_sub(0.1 * v)": "`v.assign_sub(0.1 * v)` was left out",
    TENSORFLOW
    + APPLY
    + "    for v, d in zip(ws, g):\n        v.assign(v - 0.1 * d)": "`v.assign(v - 0.1 * d)` was left",
    TENSORFLOW
    + APPLY
    + "    for v in model.trainable_variables:\n        v.assign(tf.clip_by_value(v, -1, 1))": "`v.assign(tf.clip_by",
    "opt = keras.optimizers.SGD(0.1)\nx = tf.Variable(1.0)\nopt.minimize(f, [x])\nx.assign(abs(x))": "`x.assign(abs",
    "opt = optax.sgd(0.1)\nl, d = jax.value_and_grad(f)(p)\nd = jax.tree.map(lambda v: v / 2, d)\n"
    "u, s = opt.update(d, s, p)": "`d = jax.tree.map(lambda v: v / 2, d)` was left out",
    "opt = optax.sgd(0.1)\nslope = jax.jit(jax.grad(f))\nd = slope(p)\nu, s = opt.update(2 * d, s, p)": "`opt.update(2",
}


@pytest.mark.parametrize("text", BY_HAND)
def test_gradients_and_weights_by_any_name_that_are_changed_by_hand(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert BY_HAND[text] in " ".join(program.notes)


PLAIN_STEPS = (
    TENSORFLOW + APPLY,
    TENSORFLOW + "    norms = [tf.norm(v) for v in g]\n" + APPLY,
    TENSORFLOW + "    opt.apply_gradients((v, w) for v, w in zip(g, ws) if v is not None)",
    TENSORFLOW + "    pairs = [(v, w) for v, w in zip(g, ws)]\n    opt.apply_gradients(pairs)",
    TENSORFLOW + APPLY + "    count.assign_add(1)\n    total_loss.assign_add(loss)",
    "x = tf.Variable(1.0)\nopt = keras.optimizers.SGD(0.1)\nx.assign(2.0)\nopt.minimize(f, [x])",
    "opt = optax.sgd(0.1)\nl, d = jax.value_and_grad(f)(p)\nn = optax.global_norm(d)\nu, s = opt.update(d, s, p)",
)


@pytest.mark.parametrize("text", PLAIN_STEPS)
def test_a_plain_step_of_tensorflow_needs_no_note(text):
    program = read_program(text)
    assert program.optimizer == SGD(0.1)
    assert not program.notes


def test_a_clip_of_gradients_by_any_name_is_read():
    text = TENSORFLOW + "    g, _ = tf.clip_by_global_norm(g, 2.0)\n" + APPLY
    assert read_program(text).optimizer == SGD(0.1, global_clipnorm=2.0)
    assert not read_program(text).notes
