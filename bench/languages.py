"""Which engine for languages without a parser: who did what to whom, by rules and by natasha; languages of lines.

    python bench/languages.py                       # ours: right roles, speed against English, languages of lines
    python bench/languages.py --peers DIR           # and the peers, from a folder made with `uv pip install --target DIR`

Roles are those of `languages_roles.csv`: sentences of this project with the verb, its doer and its object, none where the cell is empty.
Lines are those of the labelled reports (tests/gold/reports/*-dev.jsonl), each in the language of its report.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dateline.options import Options
from dateline.text.languages import language_of
from dateline.text.lexicon import PIVOT, lexicon
from dateline.text.morph import analyser
from dateline.text.reading import EVENT_NOUNS, parse_all
from dateline.text.slavic import read_block
from dateline.types import Block, Document

HERE = Path(__file__).parent
GOLD = HERE.parent / "tests" / "gold" / "reports"
Roles = tuple[str | None, str | None]


def ours(sentence: str, language: str, verb: str) -> Roles:
    """Doer and object of the verb, by our rules: the head words as they stand."""
    words = lexicon(language)
    nouns = frozenset().union(*(words.words(kind, group) for kind, group in EVENT_NOUNS))
    _, clauses = read_block(sentence, 0, len(sentence), 0, language, words, nouns)
    clause = next((c for c in clauses if c.sentence.tokens[c.head].text == verb), None)
    if clause is None:
        return None, None
    heads = [None if p is None else clause.sentence.tokens[p.head].text for p in (clause.actor, clause.patient)]
    return heads[0], heads[1]


def natasha() -> Callable[[str, str, str], Roles]:
    """Doer and object by natasha's parser (universal dependencies, Russian only)."""
    import natasha as n

    segmenter, syntax = n.Segmenter(), n.NewsSyntaxParser(n.NewsEmbedding())

    def roles(sentence: str, language: str, verb: str) -> Roles:
        doc = n.Doc(sentence)
        doc.segment(segmenter)
        doc.parse_syntax(syntax)
        head = next((t.id for t in doc.tokens if t.text == verb), None)
        found = {t.rel: t.text for t in doc.tokens if t.head_id == head}
        passive = "nsubj:pass" in found
        return (found.get("obl:agent") or (found.get("obl") if passive else None) if passive else found.get("nsubj")), found.get(
            "obj"
        ) or found.get("nsubj:pass")

    return roles


def rows(language: str) -> list[dict[str, str]]:
    with (HERE / "languages_roles.csv").open(encoding="utf-8") as handle:
        return [r for r in csv.DictReader(handle) if r["language"] == language]


def right(found: Roles, row: dict[str, str]) -> bool:
    """Both as told; what only "undergoes" the verb (погибли) may be given as its doer by a parser."""
    actor, patient = row["actor"] or None, row["patient"] or None
    return found == (actor, patient) or (actor is None and found == (patient, None))


def score(name: str, language: str, roles: Callable[[str, str, str], Roles]) -> None:
    told = rows(language)
    roles(told[0]["sentence"], language, told[0]["verb"])
    started = time.perf_counter()
    good = [right(roles(r["sentence"], language, r["verb"]), r) for r in told]
    spent = time.perf_counter() - started
    print(f"roles {language}, {name}: {sum(good)} of {len(told)} sentences right, {1000 * spent / len(told):.1f} ms each")
    for r, ok in zip(told, good, strict=True):
        if not ok:
            print(f"    {r['sentence']} -> {roles(r['sentence'], language, r['verb'])}")


def reports(language: str, file: str) -> list[str]:
    return [json.loads(line)["text"] for line in (GOLD / file).read_text("utf-8").splitlines()]


def speed(texts: Iterable[str], language: str) -> float:
    """Microseconds a word for sentences and clauses, models and tables loaded beforehand."""
    documents = [Document(sha256="", text=t, blocks=(Block("body", 0, len(t)),), language=language) for t in texts]  # type: ignore[arg-type]
    words = sum(len(t.text.split()) for t in documents)
    parse_all([(documents[0], None)], lexicon(language), Options().model)
    if language != PIVOT:
        analyser(language)("")
    started = time.perf_counter()
    parse_all([(d, None) for d in documents], lexicon(language), Options().model)
    return 1e6 * (time.perf_counter() - started) / words


def lines() -> list[tuple[str, str]]:
    """Lines of four words or more of the labelled reports with their language."""
    told = [("en", "dev.jsonl"), ("uk", "uk-dev.jsonl"), ("ru", "ru-dev.jsonl")]
    return [(line, code) for code, file in told for text in reports(code, file) for line in text.split("\n") if len(line.split()) >= 4]


def languages(name: str, find: Callable[[str], str | None], told: Sequence[tuple[str, str]]) -> None:
    find(told[0][0])
    started = time.perf_counter()
    good = sum(find(line) == code for line, code in told)
    spent = time.perf_counter() - started
    print(
        f"languages of lines, {name}: {good} of {len(told)} right ({100 * good / len(told):.1f} %), {1e6 * spent / len(told):.0f} µs each"
    )


def lingua() -> Callable[[str], str | None]:
    from lingua import Language, LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN, Language.POLISH).build()

    def find(line: str) -> str | None:
        found = detector.detect_language_of(line)
        return None if found is None else found.iso_code_639_1.name.lower()

    return find


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, help="folder with natasha and lingua")
    given = parser.parse_args()
    for language in ("uk", "ru"):
        score("rules", language, ours)
    base = speed(reports("en", "dev.jsonl"), "en")
    for language in ("uk", "ru"):
        own = speed(reports(language, f"{language}-dev.jsonl"), language)
        print(f"speed {language}: {own:.0f} µs a word, {own / base:.2f} times English ({base:.0f} µs)")
    told = lines()
    languages("rule", lambda line: language_of(line), told)
    if given.peers:
        sys.path.append(str(given.peers))
        score("natasha", "ru", natasha())
        languages("lingua", lingua(), told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
