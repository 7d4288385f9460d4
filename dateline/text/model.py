"""The language model: loaded once, when the first report needs it."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.errors import ModelError

MODEL_VERSION = "3.8.0"


@cache
def load_model(name: str) -> Any:
    """The spaCy pipeline without its entity recogniser, which nothing here asks."""
    import spacy

    try:
        nlp = spacy.load(name, exclude=["ner"])
    except OSError as error:
        raise ModelError(
            f"language model {name!r} is not installed; install it with: pip install dateline (or name another by --model)"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"language model {name!r} has no parser; name one that has by --model")
    return nlp
