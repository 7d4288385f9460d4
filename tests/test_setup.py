"""The scripts that set up: they say in one line what is missing, and leave other people's files alone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
SYSTEM = "/usr/bin:/bin"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the set-up is written for a POSIX shell")


def script(name, *arguments, **environment):
    return subprocess.run(
        [str(SCRIPTS / name), *arguments], capture_output=True, text=True, check=False, env=environment
    )


def tool(folder, name, body):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def nobody(tmp_path):
    """A PATH on which the user is not root, so that nothing is ever installed by a test."""
    folder = tmp_path / "bin"
    folder.mkdir()
    tool(folder, "id", "echo 1000")
    return folder


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "Python is missing"),
        ('case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac', "Python 3.9.2 is too old"),
        ('case "$*" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
)
def test_what_is_missing_is_said_in_one_line(nobody, body, words):
    python = nobody / "no-such-python" if body is None else tool(nobody, "some-python", body)
    done = script("need", "venv", PATH=f"{nobody}:{SYSTEM}", PYTHON=str(python))
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_good_python_passes(nobody):
    python = tool(nobody, "good-python", "exit 0")
    done = script("need", "venv", PATH=f"{nobody}:{SYSTEM}", PYTHON=str(python))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_command_is_linked_where_that_is_ours_to_do(tmp_path):
    target = tool(tmp_path, "dateline", "echo here")
    folder = tmp_path / ".local" / "bin"
    folder.mkdir(parents=True)
    done = script("link", str(target), PATH=f"{folder}:{SYSTEM}", HOME=str(tmp_path))
    assert done.returncode == 0
    assert (folder / "dateline").resolve() == target
    assert str(folder) in done.stdout


def test_a_foreign_file_and_a_folder_off_the_path_are_left_alone(tmp_path):
    target = tool(tmp_path, "dateline", "echo here")
    folder = tmp_path / ".local" / "bin"
    folder.mkdir(parents=True)
    done = script("link", str(target), PATH=SYSTEM, HOME=str(tmp_path))
    assert not list(folder.iterdir())
    assert str(target) in done.stdout
    tool(folder, "dateline", "echo somebody else")
    done = script("link", str(target), PATH=f"{folder}:{SYSTEM}", HOME=str(tmp_path))
    assert not (folder / "dateline").is_symlink()
    assert str(target) in done.stdout
