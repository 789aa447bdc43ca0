"""Proves that a change shows nowhere: `make screens BASE=commit`, or `record` and `compare` by themselves.

python -m tests.screens record FOLDER [--tree PATH] [--only TEXT]
python -m tests.screens compare BEFORE AFTER [--differences FOLDER]
python -m tests.screens against COMMIT
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.served import ROOT
from tests.screens.comparison import compare
from tests.screens.recording import record
from tests.screens.views import VIEWS

FOLDER = ROOT / ".cache" / "screens"


def _record(folder: Path, tree: Path, only: str = "") -> bool:
    failed = record(folder, tree, [view for view in VIEWS if only in view.name])
    print(*failed, sep="\n", file=sys.stderr)
    return not failed


def against(commit: str) -> bool:
    """Record that commit and the present tree, both with the script of the present tree, and compare."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory() as parent:
        tree = Path(parent) / "before"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(tree), commit], cwd=ROOT, check=True)
        try:
            is_complete = _record(FOLDER / "before", tree)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
    is_complete &= _record(FOLDER / "after", ROOT)
    return compare(FOLDER / "before", FOLDER / "after", FOLDER / "differences") and is_complete


def main() -> bool:
    """Do what the command line says; whether all is well."""
    parser = argparse.ArgumentParser(
        prog="tests.screens", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("folder", type=Path)
    recording.add_argument("--tree", type=Path, default=ROOT)
    recording.add_argument("--only", default="", help="only views with this text in their name")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--differences", type=Path, default=FOLDER / "differences")
    commands.add_parser("against").add_argument("commit")
    asked = parser.parse_args()
    if asked.command == "record":
        return _record(asked.folder, asked.tree.resolve(), asked.only)
    if asked.command == "compare":
        return compare(asked.before, asked.after, asked.differences)
    return against(asked.commit)


if __name__ == "__main__":
    sys.exit(not main())
