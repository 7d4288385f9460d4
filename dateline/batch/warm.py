"""Imported once by the server that workers are forked from: model, gazetteer and code are loaded there and shared.

The memory of a worker is then what it writes to, not what it reads.
"""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

from dateline.options import Options
from dateline.plugins import kinds
from dateline.text.model import load_model
from dateline.text.prefilter import scan_for

for name in ("dateline.batch.columns", "dateline.batch.shard", "dateline.check"):
    import_module(name)
load_model(Options().model)
scan_for("en", Options().model)
kinds()
gc.collect()
gc.freeze()  # nothing loaded here is looked at by the collector again, so that it stays in shared pages
atexit.register(gc.unfreeze)
