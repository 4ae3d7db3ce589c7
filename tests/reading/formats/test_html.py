"""Web pages: tables with spans, pages of government sites with everything around the article, and saved archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from mse.errors import DamagedError
from mse.grammar import load
from mse.model import Report
from mse.reading import read

TABLE = (
    "<table><tr><th>序号</th><th>工作任务</th><th>进展情况</th><th>责任单位</th></tr>"
    "<tr><td>1</td><td>新增床位<b>1000</b>张</td><td>已新增&nbsp;800张，<br>占80&#37;&amp;进展顺利</td>"
    '<td rowspan="2">市卫健局</td></tr><tr><td>2</td><td>改造门诊</td><td>已完成</td></tr></table>'
)


def page(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "a.html") -> Report:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return read(file)


def test_spans_entities_and_breaks(tmp_path: Path) -> None:
    report = page(tmp_path, f"<html><body><h1>2020年民生实事进展情况表</h1>{TABLE}</body></html>")
    assert [t.lead_organizations for t in report.tasks] == [["市卫健局"], ["市卫健局"]]
    progress = report.tasks[0].cells[1]
    assert report.text[progress.start : progress.end] == "已新增 800张，\n占80%&进展顺利"
    assert report.tasks[0].text == "新增床位1000张"
    assert report.metadata.title == "2020年民生实事进展情况表"


def test_a_page_of_a_government_site(tmp_path: Path) -> None:
    text = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>进展情况_某市人民政府门户网站</title>
    <meta name="ArticleTitle" content="肇庆市2020年民生实事进展情况"><meta name="PubDate" content="2020-10-15 09:30">
    <style>td {{ color: red }}</style><script>var a = "<td>序号</td>";</script></head><body>
    <div class="top"><a href="/">首页</a> <a href="/b">政务公开</a></div>
    <table><tr><td><ul><li><a href="/c">通知公告</a></li><li><a href="/d">政策文件</a></li></ul></td><td>
    <p>您现在的位置：<a href="/">首页</a> &gt; <a href="/b">政务公开</a></p>
    <h2>肇庆市2020年民生实事进展情况</h2><p>发布时间：2020-10-15 　浏览次数：<span>102</span></p>
    <div style="display:none">看不见的文字</div><noscript>无脚本</noscript>
    <p>现将有关情况
    通报如下。</p>{TABLE}<p>【<a href="javascript:print()">打印</a>】【关闭】</p></td></tr></table>
    <footer>主办</footer><p>版权所有：某市人民政府 粤ICP备05000000号</p></body></html>"""
    report = page(tmp_path, text)
    assert len(report.tasks) == 2
    assert report.metadata.title == "肇庆市2020年民生实事进展情况"
    assert report.metadata.place == "肇庆市"
    assert str(report.metadata.issued) == "2020-10-15"
    assert "现将有关情况通报如下。" in report.text
    for noise in ("首页", "通知公告", "看不见", "无脚本", "var a", "color", "打印", "ICP备", "主办"):
        assert noise not in report.text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("big5", "cp950"),
        ("utf-8", "utf-8"),
        ("", "gb18030"),
        ("no-such", "utf-8"),
    ],
)
def test_declared_and_undeclared_encodings(tmp_path: Path, declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    words = "序號 工作任務 進展" if encoding == "cp950" else "今年以来，各项工作进展顺利"
    assert words in page(tmp_path, f"<html><head>{meta}</head><body><p>{words}</p></body></html>", encoding).text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_pages_with_a_mark(tmp_path: Path, encoding: str) -> None:
    assert len(page(tmp_path, f"<html><body>{TABLE}</body></html>", encoding).tasks) == 2


def test_a_page_may_be_named_like_a_sheet_or_a_document(tmp_path: Path) -> None:
    for name in ("a.xls", "a.doc", "a.txt"):
        assert len(page(tmp_path, f"<html><body>{TABLE}</body></html>", name=name).tasks) == 2


def test_broken_markup_still_reads(tmp_path: Path) -> None:
    text = "<table><tr><td>序号<td>工作任务<td>进展情况<td>责任单位<tr><td>1<td>新增床位<td>已新增<td>市卫健局</table"
    assert [t.text for t in page(tmp_path, text).tasks] == ["新增床位"]


def test_text_that_only_mentions_markup_is_text(tmp_path: Path) -> None:
    text = "进展情况<p>\n<b>完成</b>投资3亿元"
    assert page(tmp_path, text, name="a.txt").text == text


def test_a_page_saved_with_its_files(tmp_path: Path) -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    archive = MIMEMultipart("related")
    archive.attach(MIMEText(f"<html><body>{TABLE}</body></html>", "html", "gb2312"))
    (tmp_path / "a.mht").write_bytes(archive.as_bytes())
    assert len(read(tmp_path / "a.mht").tasks) == 2


def test_scripts_and_markup_never_come_through_as_markup(tmp_path: Path) -> None:
    shown = "<p onclick='x()'>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
    report = page(tmp_path, f"<html><body><script>alert(1)</script>{shown}{TABLE}</body></html>")
    # What a reader saw as text stays text, and is the writer's to escape; what ran is gone.
    assert "alert(1)" not in report.text
    assert "<script>alert(2)</script>" in report.text


@pytest.mark.parametrize(
    ("line", "is_site"),
    [
        *((line, True) for line in load("webpage")["furniture"]["example"]),
        ("字号：[ 大 中 小 ]", True),
        ("无障碍浏览", True),
        ("大中型企业培育进展顺利，新增企业20家。", False),
        ("完成适老化改造2000户，建设无障碍设施30处。", False),
        ("分享会举办20场。", False),
        ("位置：端州区北岭山下，占地30亩。", False),
    ],
)
def test_lines_of_the_site_are_told_from_the_article(tmp_path: Path, line: str, is_site: bool) -> None:
    report = page(tmp_path, f"<html><body><p>{line}</p><p>正文在此。</p></body></html>")
    assert report.text == ("正文在此。\n" if is_site else f"{line}\n正文在此。\n")


def test_a_page_nested_too_deeply_is_refused_rather_than_cut(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="nested too deeply"):
        page(tmp_path, "<html><body>" + "<div>" * 5000 + "文字")
