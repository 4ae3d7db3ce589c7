"""Run the notebooks and keep their outputs: `make notebooks`, or `python notebooks/run.py [NOTEBOOK...]`.

What differs from run to run (times, versions) is not kept, so that a notebook changes only where its results do.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(path: Path) -> None:
    """Run one notebook in its folder and write it with its outputs. Raises CellExecutionError where a cell fails."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(path.parent)}}, record_timing=False).execute()
    book.metadata = nbformat.from_dict(METADATA)
    for cell in book.cells:
        cell.metadata = {}
    nbformat.validate(book)
    nbformat.write(book, path)


if __name__ == "__main__":
    for path in [Path(name).resolve() for name in sys.argv[1:]] or sorted(HERE.glob("*.ipynb")):
        run(path)
        print(f"{path.name} {path.stat().st_size / 1000:.0f} kB")
