"""The project held to its own rules: the manual, the public names, the sizes, the locks."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import dateline
from dateline import errors, plugins
from dateline.options import Options
from dateline.verdict import Verdict

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "dateline").rglob("*.py"))
DOCS = sorted((ROOT / "docs").glob("*.md"))
LONGEST_MODULE = 400  # lines: DESIGN.md, section 3
LONGEST_FUNCTION = 60


def named(path):
    return path.relative_to(ROOT).as_posix()


def manual(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def script(name):
    """A module of scripts/, which is not a package."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


@pytest.mark.parametrize("verdict", Verdict, ids=str)
def test_the_manual_tells_every_verdict(verdict):
    assert str(verdict) in manual("verdicts.md")


@pytest.mark.parametrize("kind", plugins.KINDS)
def test_the_manual_tells_every_kind(kind):
    assert re.search(rf"^#+ .*\b{kind}\b|^\|\s*`?{kind}`?\s*\|", manual("kinds.md"), re.M | re.I)
    module = plugins.kinds()[kind]
    assert module.name == kind
    assert all(callable(getattr(module, question)) for question in ("find", "ask", "judge"))


def test_the_manual_tells_every_reader_and_renderer():
    from dateline.read import READERS

    assert sorted(reader.name for reader in READERS) == sorted(plugins.READERS)
    for reader in READERS:
        assert f"`{reader.name}`" in manual("reading.md")
    for renderer in plugins.RENDERERS:
        assert f"`{renderer}`" in manual("commands.md")


def test_the_manual_tells_every_command_and_option():
    written = script("manual")
    text = manual("commands.md")
    assert text == written.page(), "docs/commands.md is not what the commands say: make manual"
    for name, command in written.commands(written.dateline, "dateline"):
        assert command.help, f"{name} has no help"
        for option in command.params:
            assert option.param_type_name == "argument" or option.help, f"{name} {option.name} has no help"


def test_the_manual_tells_every_field_of_the_json():
    text = manual("json.md")
    schema = json.loads((ROOT / "docs" / "dossier.schema.json").read_text(encoding="utf-8"))
    missing = [name for name in sorted(set(properties(schema))) if f"`{name}`" not in text]
    assert not missing


def properties(schema):
    """The name of every property that a schema describes, however deep."""
    if isinstance(schema, list):
        for each in schema:
            yield from properties(each)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from properties(each)


def test_the_manual_tells_every_setting_and_public_name():
    text = manual("api.md")
    for setting in fields(Options):
        assert f"`{setting.name}`" in text
    for name in dateline.__all__:
        assert f"`{name}`" in text or f"`{name}(" in text


def test_the_public_names_are_the_contract():
    assert sorted(dateline.__all__) == dateline.__all__ or len(set(dateline.__all__)) == len(dateline.__all__)
    code = "from dateline import *; from dateline import check, read; print(callable(check), callable(read))"
    again = "import dateline.read, dateline.check; from dateline import read; print(callable(read))"
    assert run(code) == "True True"
    assert run(again) == "True", "the function read and the package read share a name"
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_module_lists_only_what_it_has():
    for path in PACKAGE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not any(
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
            for node in tree.body
        ):
            continue
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(dotted)
        missing = [name for name in module.__all__ if not hasattr(module, name)]
        assert not missing, f"{named(path)}: {missing}"


def test_the_error_tree_is_drawn():
    drawn = errors.__doc__
    for name in errors.__all__:
        assert name in drawn
        assert issubclass(getattr(errors, name), errors.DatelineError)


@pytest.mark.parametrize("path", PACKAGE, ids=named)
def test_module(path):
    """Says what it is for, is not too long, reads no clock, trusts no pickle, starts no shell."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or not text, "no docstring"
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"bare except at line {node.lineno}"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not re.search(r"(?:^|\.)(?:now|utcnow|today)$", called), f"a clock at line {node.lineno}"
            assert not re.fullmatch(
                r"eval|exec|os\.system|os\.popen|pickle\..*|marshal\..*|subprocess\..*|time\.time", called
            )


def test_links_of_the_manual_lead_somewhere():
    pages = [*DOCS, *ROOT.glob("*.md"), ROOT / "examples" / "README.md"]
    for page in pages:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not re.match(r"https?:|mailto:|#", target):
                assert (page.parent / target.split("#")[0]).exists(), f"{named(page)} -> {target}"


def test_every_page_of_the_manual_is_in_its_index():
    index = manual("index.md")
    for page in DOCS:
        assert page.name == "index.md" or f"({page.name})" in index, page.name


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", text))
    return text, {
        re.split(r"[=\s;\[]", entry, maxsplit=1)[0].strip(): entry for entry in entries if entry.strip()
    }


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locks_hold_everything_with_hashes_and_no_address(name):
    text, entries = locked(name)
    assert "://" not in text and "--index" not in text and "--find" not in text
    wanted = project()["project"]["dependencies"] + project()["build-system"]["requires"]
    if name == "dev.txt":
        wanted += project()["dependency-groups"]["dev"]
    for requirement in wanted:
        package = re.match(r"[\w.-]+", requirement).group().lower().replace("_", "-").replace(".", "-")
        assert package in entries, f"{package} is not locked: make lock"
    for package, entry in entries.items():
        assert "==" in entry and "--hash=sha256:" in entry, package


def test_no_heavy_or_hollow_package_is_locked():
    """torch and pyarrow are not for the core; the registry's trf, uk and ru models are placeholders."""
    for name in ("run.txt", "dev.txt"):
        _, entries = locked(name)
        hollow = ("torch", "pyarrow", "en-core-web-trf", "uk-core-news-sm", "ru-core-news-sm", "frictionless")
        assert not set(entries) & set(hollow)


def test_fragments_and_citation_fit_the_release():
    changelog = script("changelog")
    for path, text in changelog.gather(ROOT / "changelog.d"):
        assert text.count("\n") < 6, f"{path.name} is longer than a few lines"
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {project()['project']['version']}" in citation
    assert project()["project"]["version"] == dateline.__version__
    from datetime import date

    new = changelog.release(
        "# Changelog\n\n## 0.0.1 - 2026-01-01\n\n- a\n", "0.0.2", date(2026, 2, 1), ["- b"]
    )
    assert new == "# Changelog\n\n## 0.0.2 - 2026-02-01\n\n- b\n\n## 0.0.1 - 2026-01-01\n\n- a\n"
    with pytest.raises(SystemExit, match="next version"):
        changelog.release(new, "0.0.2", date(2026, 2, 1), ["- c"])


def tracked():
    """What a commit holds: git's list, or every file where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_nothing_of_the_real_post_is_here(shared):
    post = (shared / "reports" / "villagers-hug-liberators.txt").read_text(encoding="utf-8")
    labels = json.loads(
        (shared / "reports" / "villagers-hug-liberators.labels.json").read_text(encoding="utf-8")
    )
    byline = post.split("\n\n", 2)[1].splitlines()[0]
    sentences = re.split(r"(?<=[.!?])\s+", post) + [claim["sentence"] for claim in labels["claims"]]
    closing = re.compile(r"hope you|feedback or questions", re.I)  # words that every such page uses
    wanted = {fold(s) for s in sentences if len(s.split()) >= 6 and not closing.search(s)} | {fold(byline)}
    for path in tracked():
        if (
            path.suffix in (".md", ".txt", ".py", ".toml", ".json", ".jsonl", ".html", ".csv")
            and path.is_file()
        ):
            text = fold(path.read_text(encoding="utf-8", errors="replace"))
            found = [words for words in wanted if words in text]
            assert not found, f"{named(path)} holds words of the real post"


def fold(text):
    return " ".join(re.findall(r"\w+", text.lower()))
