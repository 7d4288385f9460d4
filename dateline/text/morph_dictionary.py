"""Word forms by a dictionary that a package ships (pymorphy3), in the shapes of `morph`."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.morph import Analysis, plain

CYRILLIC = re.compile(r"[Ѐ-ӿ'’ʼ-]+")
LIKELY = 0.03  # readings that the dictionary gives less than this share are left out: they are rare words (own choice)

POS = {
    "NOUN": "NOUN",
    "ADJF": "ADJ",
    "ADJS": "ADJ",
    "COMP": "ADV",
    "VERB": "VERB",
    "INFN": "VERB",
    "PRTF": "ADJ",
    "PRTS": "VERB",
    "GRND": "VERB",
    "NUMR": "NUM",
    "ADVB": "ADV",
    "NPRO": "PRON",
    "PRED": "ADV",
    "PREP": "ADP",
    "CONJ": "CCONJ",
    "PRCL": "PART",
    "INTJ": "INTJ",
}
FORMS = {"INFN": "inf", "PRTF": "part", "PRTS": "short", "ADJS": "short", "GRND": "ger"}
CASES = {
    "nomn": "nom",
    "gent": "gen",
    "gen1": "gen",
    "gen2": "gen",
    "datv": "dat",
    "accs": "acc",
    "acc2": "acc",
    "ablt": "ins",
    "loct": "loc",
    "loc1": "loc",
    "loc2": "loc",
    "voct": "voc",
}
NUMBERS = {"sing": "sg", "plur": "pl"}
GENDERS = {"masc": "m", "femn": "f", "neut": "n"}


class Dictionary:
    """All readings of a form by the dictionary of one language."""

    def __init__(self, dictionary: str, language: str) -> None:
        import pymorphy3

        self.morph: Any = pymorphy3.MorphAnalyzer(lang=dictionary)
        from dateline.text.morph import language_data

        rules = language_data(language)["morphology"]
        self.particle: tuple[str, ...] = tuple(rules.get("reflexive", ()))

    def __call__(self, form: str) -> tuple[Analysis, ...]:
        if CYRILLIC.fullmatch(form) is None:  # the dictionary fails on letters without a name
            return (Analysis(plain(form), "NOUN", known=False),)
        parses = [p for p in self.morph.parse(form.lower()) if p.score >= LIKELY]
        found = tuple(dict.fromkeys(self._analysis(p, form) for p in parses))
        return found or (Analysis(plain(form), "NOUN", known=False),)

    def _analysis(self, parse: Any, form: str) -> Analysis:
        tag = parse.tag
        pos = POS.get(str(tag.POS), "X")
        kind = FORMS.get(str(tag.POS), "")
        tense = str(tag.tense or "")
        if tense == "futr" or (tense == "pres" and tag.aspect == "perf"):
            tense = "fut"
        lemma = plain(parse.normal_form)
        passive = str(tag.POS) in ("PRTF", "PRTS") and "pssv" in tag
        return Analysis(
            lemma,
            pos,
            form=("part" if passive else "actpart")
            if str(tag.POS) == "PRTF"
            else kind or ("imp" if tag.mood == "impr" else "fin" if str(tag.POS) == "VERB" else ""),
            case=CASES.get(str(tag.case), ""),
            number=NUMBERS.get(str(tag.number), ""),
            gender=GENDERS.get(str(tag.gender), "p" if str(tag.number) == "plur" else ""),
            tense=tense if str(tag.POS) == "VERB" else "",
            known=parse.is_known,
            animate=True if "anim" in tag else False if "inan" in tag else None,
        )
