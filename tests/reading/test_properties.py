"""Any text at all: no error, offsets inside the text, no overlaps, the same result each time."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from mse.errors import ReadError
from mse.reading import read_text
from mse.reading.decode import decode

PIECES = st.sampled_from(
    ["序号", "工作任务", "进展情况", "牵头单位", "责任人", "责任领导", "大类", "1", "2", "3", "一、教育",
     "新增床位100张。", "已完成80张", "市教育局", "王  强", "责任单位：市教育局", "责任人：王强", "合计", "/", "",
     "<p>", "</p>", "[bookmark: a]", "附件2", "（1—4月份）", "2020年5月18日", "2020年", "肇府〔2020〕5号",
     "\t", "\t", "\t", "\n", "\n", "\n\n", " ", "\r\n", " \t", "。", "（", "牵头单位：", "$", "_{2}", "\ufeff", "\x00"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    report = read_text(text, doc="d")
    assert report.text == text
    spans = []
    for task in report.tasks:
        assert task.doc == "d"
        assert 0 <= task.start < task.end <= len(text)
        for cell in task.cells:
            assert 0 <= cell.start < cell.end <= len(text)
            assert text[cell.start : cell.end] == text[cell.start : cell.end].strip()
            spans.append((cell.start, cell.end))
    regions = [tuple(region) for region in report.regions]
    assert all(0 <= a < b <= len(text) for a, b in regions)
    ordered = sorted(spans + regions)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ordered))
    assert read_text(text, doc="d") == report


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=60).map(lambda t: t.encode("gb18030", "ignore"))))
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "f"), str)
    except ReadError as error:
        assert error.path == "f"  # noqa: PT017
