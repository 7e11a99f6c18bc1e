"""Make the virtual environment from a lock: ``set_up.py .venv requirements/site.lock``.

Runs on whatever ``python3`` is, so it is written for old ones too: they get a sentence, not a SyntaxError.
Does nothing when the environment already has what the lock says.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ["python3.13", "python3.12", "python3.11"]


def main(venv, lock):
    """Exit code 0 when ``venv`` holds what ``lock`` says."""
    if sys.version_info[:2] < OLDEST:
        return hand_over(venv, lock)
    stamp = os.path.join(venv, os.path.basename(lock) + ".installed")
    key = lock_key(lock)
    if works(venv) and read(stamp) == key:
        return 0
    if not works(venv):
        problem = make(venv)
        if problem:
            return say(problem)
    print(f"Installing {lock} into {venv} (once) ...", flush=True)
    pip = [python_of(venv), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.call([*pip, "--require-hashes", "--requirement", lock]):
        return say(f"pip could not install {lock}: is the package index within reach?")
    make_importable(venv)
    with open(stamp, "w") as file:
        file.write(key)
    return 0


def hand_over(venv, lock):
    """Run again with a newer Python if the machine has one."""
    for name in NEWER:
        python = shutil.which(name)
        if python and runs(python):
            return subprocess.call([python, os.path.abspath(__file__), venv, lock])
    return say(too_old(sys.version_info, sys.executable))


def too_old(version, executable):
    """What to tell the owner of an old Python."""
    found = ".".join(map(str, version[:3]))
    return (
        f"Python 3.11 or newer is needed; {executable} is {found}. Install a newer one; "
        "if it is not called python3, name it: make serve PYTHON=python3.12"
    )


def make(venv):
    """Make the environment; the problem if it cannot be made, else None."""
    try:
        import ensurepip  # noqa: F401
        import venv as module
    except ImportError:
        return (
            "Python's venv module is missing. Install it (Debian and Ubuntu: sudo apt-get install python3-venv; "
            "elsewhere it comes with Python) and run the command again."
        )
    try:
        module.create(venv, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        return f"The virtual environment {venv} cannot be made: {error}"
    return None


def make_importable(venv):
    """Let the environment import the packages in ``scripts/``; relative, so that the folder can be moved."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([python_of(venv), "-c", code]).decode().strip()
    scripts = os.path.relpath(os.path.dirname(os.path.abspath(__file__)), os.path.realpath(packages))
    with open(os.path.join(packages, "novastatus.pth"), "w") as file:
        file.write(scripts + "\n")


def lock_key(lock):
    """What the stamp must hold: the lock's content and the Python it was installed for."""
    with open(lock, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def works(venv):
    """Whether the environment is there, whole, and its Python still runs."""
    return os.path.exists(python_of(venv)) and runs(python_of(venv), "import pip")


def runs(python, code=""):
    """Whether this Python starts at all (shims may not)."""
    with open(os.devnull, "w") as nowhere:
        return subprocess.call([python, "-c", code], stdout=nowhere, stderr=nowhere) == 0


def python_of(venv):
    """The environment's own Python."""
    return os.path.join(venv, "bin", "python")


def read(path):
    """The text of a file, or nothing."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def say(message):
    """Print to stderr; the exit code."""
    sys.stderr.write(message + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
