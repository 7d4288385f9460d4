"""A hostile run: no network but loopback, a clean environment, warnings as errors (pyproject.toml)."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dateline", deadline=None, database=None)  # a slow machine is not a fault
settings.load_profile("dateline")

SHARED = Path(__file__).parents[2] / "shared"
KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONHASHSEED", "VIRTUAL_ENV", "CI", "TERM"}
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")

_connect = socket.socket.connect
_resolve = socket.getaddrinfo


class NetworkUsedError(AssertionError):
    """A test tried to leave this machine."""


def _guarded_connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if host and not str(host).startswith(LOOPBACK):
        raise NetworkUsedError(f"connection to {host}")
    return _connect(self, address)


def _guarded_resolve(host, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not name.startswith(LOOPBACK) and not name.replace(".", "").isdigit():
        raise NetworkUsedError(f"look-up of {name}")
    return _resolve(host, *args, **kwargs)


@pytest.fixture(autouse=True)
def clean_room(monkeypatch):
    """Every test: no look-up or connection but to loopback, and only the variables a shell must have."""
    monkeypatch.setattr(socket.socket, "connect", _guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_resolve)
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(("COV", "PLAYWRIGHT", "PYTEST")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that is not in the repository; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared data folder at {SHARED}")
    return SHARED
