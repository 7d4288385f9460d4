"""packs/ukraine control-lists: hromadas in the official lists of occupied and de-occupied territory, 2022.

From the KSE Institute's collection (MIT) of the lists that Ukraine's Ministry of Reintegration kept. A
hromada is listed when a part of it was occupied: centres get a row only where the list names the hromada as
occupied, or as never occupied; a de-occupied hromada gets a row of its own as an area, never its centre.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from gazetteer import SHARED, Gazetteer, romanise
from regions import REGIONS
from rows import PACKS, PLACE_COLUMNS, write_rows

AS_OF, UNTIL = date(2022, 9, 1), date(2023, 2, 1)  # status of September 2022; de-occupied until February 2023
SOURCE = "List of territories of hostilities and occupied territories (hromadas), collected by the KSE Institute"
URL = "https://kse.ua/kse-research/resilience"
FREED = {
    "March-April": ("2022-03", "2022-04"),
    "September-October": ("2022-09", "2022-10"),
    "November": ("2022-11", "2022-11"),
}
# Centres that a listed hromada's rest shared the fate of, but not they themselves (checked in the mapped
# rows).
CENTRE_STAYED = {"Вугледар"}
OBLAST = {uk.removesuffix(" область"): place for place, _, uk, _, _ in REGIONS.values()}


def make(gazetteer: Gazetteer) -> set[str]:
    """Writes control-lists.csv and places-hromadas.csv; gives the place ids of the centres."""
    rows, areas, ids = [], {}, set()
    status = _status()
    for item in _hromadas():
        _, detail, freed = status[item["hromada_code"]]
        freed = freed or ""
        if freed in FREED:
            place, area = _area(item)
            areas[place] = area
            rows.append(_freed(item, place, freed))
            continue
        spot = _centre(gazetteer, item)
        if spot is None or item["hromada_center"] in CENTRE_STAYED or spot in ids:
            continue
        ids.add(spot)
        rows.append(_held(item, spot, gazetteer.spots[spot].name, detail))
    out = PACKS / "ukraine/sources"
    write_rows(out / "control-lists.csv", sorted(rows, key=lambda r: str(r["id"])))
    write_rows(out / "places-hromadas.csv", (areas[i] for i in sorted(areas)), PLACE_COLUMNS)
    return ids


def before_invasion(gazetteer: Gazetteer) -> dict[str, str]:
    """Who held each hromada's centre before the invasion and, by the lists of 2022, since: Russia where the list says
    occupied before 2022, Ukraine where it says not occupied. The others changed hands, or may have."""
    found = {}
    status = _status()
    for item in _hromadas():
        spot = _centre(gazetteer, item)
        if spot is not None and item["occipied_before_2022"] == 1:
            found[spot] = "russia"
        elif spot is not None and status[item["hromada_code"]][0].startswith("not occupied"):
            found[spot] = "ukraine"
    return found


def _held(item: dict[str, Any], place: str, name: str, detail: str) -> dict[str, object]:
    row: dict[str, object] = _common(f"kse-{item['hromada_code'][2:9].lower()}", place, name)
    if detail == "occupied":
        before = item["occipied_before_2022"] == 1
        row |= {
            "side": "russia",
            "start_min": "2014-04-06" if before else "2022-02-24",
            "start_max": "2015-02-18" if before else AS_OF,
            "end_min": UNTIL,
            "says": f"{name} was on Ukraine's official list of occupied territory as of September 2022.",
        }
    else:
        row |= {
            "side": "ukraine",
            "start_min": "1991-08-24",
            "start_max": "1991-08-24",
            "end_min": AS_OF,
            "says": f"{name}'s hromada was on no official list of occupied territory as of September 2022.",
        }
    return row


def _freed(item: dict[str, Any], place: str, freed: str) -> dict[str, object]:
    low, high = FREED[freed]
    name = f"{romanise(item['hromada_name'])} hromada"
    return _common(f"kse-{item['hromada_code'][2:9].lower()}", place, name) | {
        "side": "ukraine",
        "start_min": low,
        "start_max": high,
        "end_min": UNTIL,
        "says": f"Occupied parts of the {name} were listed as de-occupied in {freed} 2022.",
    }


def _common(row_id: str, place: str, name: str) -> dict[str, object]:
    return {
        "id": row_id,
        "kind": "control",
        "predicate": "held",
        "place_id": place,
        "place_name": name,
        "known_from": UNTIL,
        "source": SOURCE,
        "source_date": UNTIL,
        "url": URL,
        "publisher": "Ministry of Reintegration of Ukraine, via KSE Institute",
        "source_class": "official-party",
        "family": "ua-official-lists",
        "licence": "MIT",
    }


def _area(item: dict[str, Any]) -> tuple[str, dict[str, object]]:
    place = f"dateline:hromada-{item['hromada_code'].lower()[:11]}"
    name = romanise(item["hromada_name"])
    return place, {
        "id": place,
        "name": f"{name} hromada",
        "name_uk": item["hromada_full_name"],
        "kind": "district",
        "aliases": f"{name} community|{name} territorial community",
        "lat": round(item["lat_center"], 5),
        "lon": round(item["lon_center"], 5),
        "country": "UA",
        "admin1": OBLAST[item["oblast_name"]],
        "population": int(item["total_population_2022"] or 0),
        "source": "KSE Institute",
        "licence": "MIT",
    }


def _centre(gazetteer: Gazetteer, item: dict[str, Any]) -> str | None:
    spots = gazetteer.find([item["hromada_center"]], None, (item["lat_center"], item["lon_center"]), within_km=8)
    return spots[0].id if spots else None


def _hromadas() -> list[dict[str, Any]]:
    return _sheet("deoccupied.xlsx")


def _status() -> dict[str, tuple[Any, ...]]:
    return {
        r["hromada_code"]: (r["Status_war_sept"], r["Status_war_sept_ext"], r["deoccupation_date"])
        for r in _sheet("occupation_status_hromada.xlsx")
    }


def _sheet(name: str) -> list[dict[str, Any]]:
    import openpyxl

    rows = list(openpyxl.load_workbook(SHARED / "control/kse" / name, read_only=True).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
