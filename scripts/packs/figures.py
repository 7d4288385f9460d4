"""packs/ukraine figures: what OHCHR, UNHCR, IOM and the two ministries counted, with its start."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlparse

from gazetteer import SHARED
from rows import PACKS, read_rows, write_rows

UKRAINE = "geonames:690791"
INVASION = "2022-02-24"
ISSUERS = {
    "ohchr": "OHCHR",
    "unhcr": "UNHCR",
    "iom": "IOM",
    "russia-mod": "Russia's Ministry of Defence",
    "zelensky": "Ukraine's president",
    "ukraine-president-office": "The office of Ukraine's president",
    "ukraine-general-staff": "Ukraine's General Staff",
    "protection-cluster": "The Protection Cluster",
}
OWN = {
    "reliefweb.int": "OHCHR",
    "ukraine.un.org": "OHCHR",
}  # the issuer's own document, or the UN's copy of it
VERBS = {
    "killed": "counted {n} {who} killed",
    "injured": "counted {n} {who} injured",
    "refugees": "counted {n} {who}",
    "displaced": "estimated {n} {who}",
    "losses": "put the losses at {n} {who}",
}


def make() -> None:
    """Writes figures.csv."""
    rows = [*_ohchr(), *_iom(), *_own(), *_general_staff()]
    seen: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:  # the same count told twice: the first, which is nearer to the issuer
        seen.setdefault(tuple(row[k] for k in ("issuer", "predicate", "population", "start_min")), row)
    ordered = sorted(
        seen.values(),
        key=lambda r: (str(r["issuer"]), str(r["predicate"]), str(r["start_min"]), str(r["population"])),
    )
    for number, row in enumerate(ordered, 1):
        row["id"] = f"fig-{number:04d}"
    write_rows(PACKS / "ukraine/sources/figures.csv", ordered)


def _row(
    issuer: str,
    predicate: str,
    as_of: str,
    low: str,
    best: str,
    high: str,
    population: str,
    since: str,
    **more: object,
) -> dict[str, object]:
    number = f"{float(best or low):,.0f}" if best or low == high else f"{float(low):,.0f} to {float(high):,.0f}"
    said = VERBS[predicate].format(n=number if high else f"at least {number}", who=population)
    return {
        "kind": "figure",
        "predicate": predicate,
        "place_id": UKRAINE,
        "place_name": "Ukraine",
        "start_min": as_of,
        "start_max": as_of,
        "end_min": as_of,
        "end_max": as_of,
        "value_low": low,
        "value_best": best,
        "value_high": high,
        "unit": "people",
        "population": population,
        "counting_from": since,
        "issuer": issuer,
        "says": f"{ISSUERS[issuer]} {said}, as of {as_of} and counting from {since}.",
        "licence": "CC-BY-4.0",
        **more,
    }


def _ohchr() -> list[dict[str, object]]:
    rows = []
    for line in _shared("ohchr_civilian_casualties.csv"):
        url = line["source_url"].replace("github:ourhimalayas/txt content/", "https://github.com/ourhimalayas/txt/blob/main/content/")
        host = (urlparse(url).hostname or "").removeprefix("www.")
        public = (date.fromisoformat(line["as_of"]) + timedelta(days=1)).isoformat()
        for predicate in ("killed", "injured"):
            if value := line[predicate]:
                rows.append(
                    _row(
                        "ohchr",
                        predicate,
                        line["as_of"],
                        value,
                        value,
                        "" if line["bound"] == "at_least" else value,
                        "civilians",
                        INVASION,
                        known_from=public,
                        source_date=public,
                        source="Ukraine: civilian casualty update",
                        url=url,
                        publisher=OWN.get(host) or f"OHCHR, via {host}",
                        source_class="international-body",
                        family="ohchr",
                    )
                )
    return rows


def _iom() -> list[dict[str, object]]:
    rows = []
    for line in _shared("iom_idp_estimates.csv"):
        cluster = "Protection Cluster" in line["note"]
        as_of = line["as_of"] if len(line["as_of"]) == 10 else f"{line['as_of']}-15"
        host = (urlparse(line["source_url"]).hostname or "").removeprefix("www.")
        issuer = "protection-cluster" if cluster else "iom"
        rows.append(
            _row(
                issuer,
                "displaced",
                as_of,
                line["idps"],
                line["idps"],
                line["idps"],
                "internally displaced people",
                INVASION,
                known_from=as_of,
                source_date=as_of,
                source="Ukraine internal displacement estimate",
                url=line["source_url"],
                publisher=f"{ISSUERS[issuer].removeprefix('The ')}, via {host}",
                source_class="international-body",
                family="unhcr" if cluster else "iom",
            )
        )
    return rows


def _own() -> list[dict[str, object]]:
    return [
        _row(
            line["issuer"],
            line["predicate"],
            line["as_of"],
            line["low"],
            line["best"],
            line["high"],
            line["population"],
            line["counting_from"],
            known_from=line["source_date"],
            **{k: line[k] for k in ("source", "source_date", "url", "publisher", "source_class", "family")},
        )
        for line in read_rows(Path(__file__).parent / "figures-own.csv")
    ]


def _general_staff() -> list[dict[str, object]]:
    """One side's claims about the other's losses, on the first day of each month (counts are told to the
    ten).
    """
    path = SHARED / "figures/russia_losses_personnel.json"
    rows = []
    for item in json.loads(path.read_text(encoding="utf-8")):
        if item["date"].endswith("-01"):
            value = str(item["personnel"])
            rows.append(
                _row(
                    "ukraine-general-staff",
                    "losses",
                    item["date"],
                    value,
                    value,
                    value,
                    "Russian personnel killed and wounded",
                    INVASION,
                    known_from=item["date"],
                    source_date=item["date"],
                    source="Daily summary of the enemy's losses",
                    url="https://www.zsu.gov.ua/en",
                    publisher="General Staff of the Armed Forces of Ukraine, via PetroIvaniuk's dataset",
                    source_class="official-party",
                    family="ukraine-general-staff",
                )
            )
    return rows


def _shared(name: str) -> list[dict[str, str]]:
    with (SHARED / "figures" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
