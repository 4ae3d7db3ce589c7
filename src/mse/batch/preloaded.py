"""What every worker needs, loaded once by being imported: workers start as copies of the process that did.

So a worker is there at once, and what it never changes lies in memory only once for all of them.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from mse.batch.work import warm_up

with suppress(Exception):  # what is wrong is said by the worker that meets it again
    warm_up()
gc.collect()
gc.freeze()  # what is here stays, and collecting would only copy it
gc.set_threshold(50_000, 20, 20)  # what a document takes lives as long as its document
