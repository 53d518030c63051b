"""Programs that come as Python wheels, installed into target/ and nowhere else."""

import os
import pathlib
import subprocess
import sys

BENCHES = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", BENCHES.parent / "target")).resolve()


def tool(name):
    """The path of a program from requirements.txt; installs them all when they are not there as written."""
    home, wanted = TARGET / "bench-venv", BENCHES / "requirements.txt"
    note = home / "installed"
    if not note.exists() or note.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [home / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted]
        subprocess.run(pip, check=True)
        note.write_text(wanted.read_text())
    return home / "bin" / name
