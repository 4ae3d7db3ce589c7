"""Every code block of the documentation runs, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

import documented
import site_pages

ROOT = documented.ROOT
DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh.md", "training/README.md")
PAGES = (*READMES, *sorted(str(path.relative_to(ROOT)) for path in DOCS.rglob("*.md")))

# Every reason for which a block is not run; one that is not here is a block that somebody has to look at.
REASONS = {
    "installs packages",
    "makes an environment of its own; the checks of the repository run it",
    "needs a corpus that is not part of the repository",
    "needs a cluster of machines",
    "opens a server and a browser",
    "takes half an hour",
    "the tests of the package do not run themselves",
}
MOST = 16


def markdown_of(page: str) -> str:
    """A page as a reader sees it, with the parts that are made from the code."""
    uri = page.removeprefix("docs/")
    return site_pages.expand((ROOT / page).read_text(encoding="utf-8"), "en" if uri.startswith("en/") else "zh", uri)


BLOCKS = {page: documented.blocks_of(markdown_of(page)) for page in PAGES}


def furnish(folder: Path, page: str) -> None:
    """What the commands of a page name: reports, folders and archives of them, and annotations."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    table = "序号,任务,进展情况,牵头单位\n1,新建停车位500个,截至{}年6月底，已建成停车位{}个。,市住建局\n"
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "report.txt").write_bytes(seeds[0].read_bytes())
    for place in ("reports", "archive") if "archive/" in markdown_of(page) else ("reports",):
        (folder / place).mkdir(parents=True)
        (folder / place / "spring.csv").write_text(table.format(2020, 350), encoding="utf-8")
        (folder / place / "autumn.csv").write_text(table.format(2020, 480), encoding="utf-8")
    for name in ("a.txt", "b.txt", "2019.zip", "2020.zip"):
        write_report(folder / name, table.format(2020, 100))
    sentence = '{{"text": "市民政局局长{}到{}调研", "label": [[0, 4, "ORG"], [6, 9, "PERSON"], [10, 13, "PLACE"]]}}\n'
    named = "".join(sentence.format(name, place) for name in ("李某某", "张某某") for place in ("端州区", "高要区"))
    for name in ("mine.jsonl", "held_out.jsonl", "annotated.jsonl", "train.jsonl"):
        (folder / name).write_text(named, encoding="utf-8")


def write_report(path: Path, text: str) -> None:
    if path.suffix != ".zip":
        path.write_text("新建停车位350个。", encoding="utf-8")
        return
    from zipfile import ZipFile

    with ZipFile(path, "w") as archive:
        archive.writestr(f"{path.stem}.csv", text)


@pytest.mark.parametrize("page", [page for page in PAGES if BLOCKS[page]])
def test_the_blocks_of_a_page_run(page: str, tmp_path: Path) -> None:
    furnish(tmp_path, page)
    wrong = documented.run_page(page, BLOCKS[page], tmp_path)
    assert not wrong, wrong


def test_blocks_that_are_not_run_say_why_and_are_few() -> None:
    marked = [(page, block.line, block.reason) for page in PAGES for block in BLOCKS[page] if block.reason]
    for page, line, reason in marked:
        print(f"{page}:{line}: not run: {reason}")
    print(f"{len(marked)} of {sum(map(len, BLOCKS.values()))} blocks are not run")
    assert {reason for _, _, reason in marked} <= REASONS
    assert len(marked) <= MOST


@pytest.mark.parametrize("page", PAGES)
def test_no_fence_is_overlooked(page: str) -> None:
    fences = [line for line in markdown_of(page).splitlines() if line.lstrip().startswith("```")]
    assert len(fences) == 2 * len(BLOCKS[page])


def test_every_mark_stands_before_a_block() -> None:
    marks = {page: markdown_of(page).count("<!-- not run:") for page in PAGES}
    assert marks == {page: sum(bool(block.reason) for block in BLOCKS[page]) for page in PAGES}


WRONG = {
    "a python block that raises": "```python\n1 / 0\n```\n",
    "other output": "```python\nprint(1)\n```\n```text\n2\n```\n",
    "output of nothing": "```text\n2\n```\n",
    "a command that fails": "```sh\nmse extract missing.txt\n```\n",
    "a command of somebody else": "```sh\nls\n```\n",
    "other output of a command": "```console\n$ mse --version\nmse none\n```\n",
    "a kind that nothing reads": "```brainfuck\n+\n```\n",
    "a table without tasks": "```csv\na,b\n1,2\n```\n",
    "broken data": "```json\n{\n```\n",
    "a unit whose example gives another value": (
        '```toml\n[[family]]\nname = "n"\nunits = [{ words = ["蚝排"], example = "120蚝排", value = "12" }]\n```\n'
    ),
    "an entry that the lexicon does not have": (
        '```toml title="src/mse/grammar/cues.toml"\n[nowhere]\nwords = ["已"]\nexample = "已"\n```\n'
    ),
    "a corpus line with another value": (
        '```jsonl title="src/mse/grammar/units_count.corpus.jsonl"\n'
        '{"text": "3个", "quantities": [{"span": [0, 2], "op": "=", "value": "4", "unit": "个"}]}\n```\n'
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_noticed(what: str, tmp_path: Path) -> None:
    assert documented.run_page("page", documented.blocks_of(WRONG[what]), tmp_path).startswith("page, line ")
