"""The words around a toponym that say what kind of thing it is, in English, Ukrainian and Russian."""

from __future__ import annotations

import csv
from functools import lru_cache

from dateline.where.sources import DATA

__all__ = [
    "ABOVE",
    "ADJACENT",
    "BEFORE",
    "CROSSING",
    "FACILITY",
    "LOCATIVE",
    "PARTICLES",
    "PERSON_AFTER",
    "TITLES",
    "UNITS",
    "AFTER",
    "demonyms",
    "word_list",
]

# A word right after the name, and the kinds that it asks for. Inflected forms are written out: the list is closed.
AFTER: dict[str, str] = {}
# A word right before it, with or without "of".
BEFORE: dict[str, str] = {}
for _kind, _after, _before in (
    (
        "region",
        "region regions oblast oblasts province provinces governorate governorates krai область області областю обл "
        "області областей областях "
        "области областью областей областями областям край краю края краї краем краям республіка республіки республика республики",
        "region oblast province governorate республіка республіки республіці республіку республика республики республике республику",
    ),
    (
        "district",
        "district districts raion raions rayon county counties районі районе район району районом районов районів "
        "районах районам райони районы",
        "district raion county",
    ),
    ("river", "river rivers", "river річка річки річку річці річкою ріка ріки рікою ріку река реки реке рекой реку р"),
    (
        "peninsula",
        "peninsula півострів півострова півострові полуостров полуострова полуострове",
        "peninsula півострів півострова півострові полуостров полуострова полуострове",
    ),
    (
        "settlement",
        "city town village",
        "city town village hamlet settlement suburb port cities towns villages settlements місто міста місті містом містах місту "
        "село села селі селом селу сіл селище селища селищі селищем смт город города городе городом городу городах "
        "посёлок поселок поселка посёлка поселке посёлке "
        "пгт деревня деревни деревне деревню сёл сел м с г",
    ),
    ("reservoir", "reservoir водосховище водосховища водосховищі водохранилище водохранилища", ""),
    ("sea", "sea ocean", "sea"),
    ("island", "island", "island острів острова острові остров острове"),
    ("facility", "", ""),
):
    AFTER |= dict.fromkeys(_after.split(), _kind)
    BEFORE |= dict.fromkeys(_before.split(), _kind)

LOCATIVE = frozenset(
    "in near at from to towards toward outside around inside into through via across along off within between above over above "
    "в у на біля під поблизу від до з із зі через поруч навколо возле около под вблизи из от к ко до у за по над перед между між".split()
)
CROSSING = (
    "bank",
    "banks",
    "shore",
    "across",
    "cross",
    "crossed",
    "crossing",
    "crosses",
    "crossings",
    "along",
    "over",
    "river",
    "bridgehead",
    "eastern",
    "western",
    "берег",
    "березі",
    "берега",
    "берегу",
    "береги",
    "берегах",
    "берегом",
    "через",
    "форсували",
    "форсувати",
    "форсував",
    "форсировали",
    "форсировать",
    "форсировал",
    "форсування",
    "форсирование",
    "переправа",
    "переправу",
    "переправи",
    "уздовж",
    "вдоль",
    "річка",
    "річку",
    "река",
    "реку",
    "води",
    "вода",
    "русло",
    "пойма",
)
TITLES = frozenset(
    "mr mrs ms dr president minister premier chancellor king queen prince princess general gen colonel col major "
    "maj captain capt lieutenant lt sergeant sgt "
    "governor mayor senator sen rep congressman congresswoman judge justice officer detective coach professor prof "
    "sir lord lady pope bishop father sister reverend rev "
    "spokesman spokeswoman spokesperson deputy commander chief analyst journalist ambassador secretary director chairman oligarch "
    "президент президента президентом міністр министр генерал полковник майор капітан капитан губернатор мер мэр "
    "пан господин посол прем'єр премьер голова глава "
    "речник спікер спикер командир командувач".replace("'", "").split()
)
PERSON_AFTER = frozenset("jr sr".split())
# A place before one of these is embedded in the name of an organisation, building or unit.
FACILITY = frozenset(
    "university college hospital school airport stadium street avenue road bridge station works plant factory "
    "brigade battalion regiment division "
    "times post herald tribune news journal university institute museum theatre theater cathedral church park bank county".split()
)
# A name before one of these is that of a military unit or group of forces.
UNITS = frozenset("command brigade battalion regiment division corps group grouping legion".split())
PARTICLES = frozenset("al el as ad ar az at ash an ez es ed deir".split())
ABOVE = frozenset(
    "region oblast province governorate district raion county state republic krai області область областей області "
    "области районі районе району района".split()
)
ADJACENT = frozenset("territory soil mainland airspace border borders borderlands coast coastline waters heartland".split())


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """A word list of data/, without its heading."""
    with (DATA / f"{name}.txt").open(encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """English demonym -> country code, or the place id of a continent."""
    with (DATA / "demonyms.csv").open(encoding="utf-8", newline="") as lines:
        return {word: row["iso"] for row in csv.DictReader(lines) for word in row["words"].split("|")}
