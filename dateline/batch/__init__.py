"""Many reports: a folder, table, archive or feed in, a Parquet data set and a summary page out (docs/batch.md).

`run_shard` checks one shard, wherever it runs; `local` and `dask` differ only in who calls it.
"""

from __future__ import annotations

from dateline.batch.inputs import Item, Shard, shards
from dateline.batch.job import Job, run
from dateline.batch.shard import Done, Settings, run_shard

__all__ = ["Done", "Item", "Job", "Settings", "Shard", "run", "run_shard", "shards"]
