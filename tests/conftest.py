"""What every test may rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The real reports of the repository, sorted by name."""
    return sorted((ROOT / "seeds").glob("*.txt"))
