"""What a pack may hold: columns, kinds, predicates, classes. docs/packs.md says it in prose."""

from __future__ import annotations

FORMAT = 1  # raised whenever a column, kind or rule below changes what an older pack would mean

ROW_COLUMNS = (
    "id",
    "kind",
    "predicate",
    "subject",
    "side",
    "place_id",
    "place_name",
    "start_min",
    "start_max",
    "end_min",
    "end_max",
    "known_from",
    "value_low",
    "value_best",
    "value_high",
    "unit",
    "population",
    "counting_from",
    "issuer",
    "says",
    "source",
    "source_date",
    "url",
    "publisher",
    "source_class",
    "family",
    "licence",
)
PLACE_COLUMNS = (
    "id",
    "name",
    "name_uk",
    "name_ru",
    "aliases",
    "kind",
    "lat",
    "lon",
    "country",
    "admin1",
    "admin2",
    "population",
    "source",
    "licence",
)
ACTOR_COLUMNS = (
    "id",
    "side",
    "role",
    "country",
    "names_en",
    "names_uk",
    "names_ru",
    "adjectives_en",
    "adjectives_uk",
    "adjectives_ru",
    "valid_from",
    "valid_to",
    "source",
    "url",
)
CALENDAR_COLUMNS = (
    "id",
    "name",
    "name_uk",
    "name_ru",
    "aliases",
    "start",
    "end",
    "place_id",
    "source",
    "url",
    "publisher",
    "licence",
)

SCHEMAS = {
    f"dateline:rows/{FORMAT}": ROW_COLUMNS,
    f"dateline:places/{FORMAT}": PLACE_COLUMNS,
    f"dateline:actors/{FORMAT}": ACTOR_COLUMNS,
    f"dateline:calendar/{FORMAT}": CALENDAR_COLUMNS,
}

KINDS: dict[str, frozenset[str]] = {
    "control": frozenset({"held", "annexed", "recognised", "withdrew-order"}),
    "advance": frozenset({"offensive", "crossed", "foothold", "reached", "withdrew", "encircled", "pushed"}),
    "strike": frozenset({"struck", "destroyed"}),
    "figure": frozenset({"killed", "injured", "displaced", "refugees", "missing", "prisoners", "losses"}),
    "statement": frozenset(
        {
            "said",
            "vowed",
            "thanked",
            "accused",
            "threatened",
            "denied",
            "claimed",
            "ordered",
            "promised",
            "warned",
            "called",
            "announced",
        }
    ),
    "sanction": frozenset({"imposed", "aid-sent", "aid-pledged"}),
    "onset": frozenset({"war", "invasion", "battle", "siege", "operation"}),
    "media": frozenset({"filmed", "posted"}),
    "event": frozenset({"happened"}),
    "place": frozenset({"fact"}),
}

# What lasts: a blank end means "still so" (or "until the next row" for `held`). All else is over in its day.
LASTING = frozenset({"held", "offensive", "war", "battle", "siege", "operation", "foothold", "fact"})

SOURCE_CLASSES = frozenset({"official-party", "international-body", "monitor", "mapper", "press", "encyclopaedia", "own"})
PLACE_KINDS = frozenset(
    {
        "settlement",
        "region",
        "district",
        "peninsula",
        "river",
        "reservoir",
        "sea",
        "island",
        "facility",
        "area",
        "country",
    }
)
ACTOR_ROLES = frozenset({"state", "government", "ministry", "office", "person", "army", "unit", "body", "alliance", "media"})

CONTESTED = "contested"

QUARANTINE_DAYS = 60  # DESIGN.md section 2: no control or location younger than this against the pack's own date
QUARANTINED = frozenset({"control", "advance"})

# Machine-coded event data point at articles; nobody read them. They are no evidence (docs/evidence.md).
NOT_EVIDENCE = frozenset({"gdelt", "icews", "phoenix", "terrier"})

MAX_SAYS = 200  # characters; CONTRACT: one sentence in our own words, not a quotation
