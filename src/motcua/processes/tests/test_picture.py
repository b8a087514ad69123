"""The picture of a process: well-formed, accessible, nothing a strict page would refuse, every text within its card."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from, text
from lxml import etree
from tests.support.any_process import processes as any_process
from tests.support.tables import approve, row, seal, table

from motcua.kernel.say import Say
from motcua.processes.checks import parse
from motcua.processes.conditions import condition_words
from motcua.processes.picture import Look, picture
from motcua.processes.picture.layout import laid_out
from motcua.processes.picture.text import _letter as letter_width, width, wrapped
from motcua.processes.picture.words import lines_of
from motcua.processes.shapes import ProcessVersion
from motcua.processes.starter import processes

SVG = "{http://www.w3.org/2000/svg}"


def sample() -> ProcessVersion:
    return parse(
        table(
            row("examine", ways={"plain": "head"}),
            row("site", when={"==": [{"var": "variant"}, "no_verification"]}),
            row("fire", branch="g.1"),
            row("land", branch="g.2", returns_to=["examine"]),
            row("head", returns_to=["examine"], apart_from=["examine"]),
            approve(returns_to=["head"]),
            seal(),
        )
    )


def drawn(process: ProcessVersion, **look: Any) -> Any:
    return etree.fromstring(picture(process, Look(**look)).encode())


def texts(root: Any) -> str:
    return " ".join(root.itertext(f"{SVG}text"))


def test_it_says_what_it_shows_in_both_languages() -> None:
    root = drawn(sample(), variants={"no_verification": Say("Không xác minh", "No verification")})
    assert (root.get("role"), root.get("lang")) == ("img", "vi")
    title, told = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert root.get("aria-labelledby").split() == [title.get("id"), told.get("id")]
    assert title.text == "Quy trình thử"
    for said in ("Chỉ làm khi trường hợp là “Không xác minh”", "Trả lại bước 2", "Hướng plain: sang bước 6"):
        assert said in told.text
        assert said.split()[-1] in texts(root)
    english = drawn(sample(), language="en")
    assert "Only if the variant is “no_verification”" in english.find(f"{SVG}desc").text
    assert english.get("lang") == "en"


@pytest.mark.parametrize("process", [*processes(), sample()], ids=lambda p: p.procedure)
def test_nothing_in_it_that_a_strict_page_refuses(process: ProcessVersion) -> None:
    told = picture(process, Look(here=(2,)))
    for forbidden in ("<style", "style=", "<script", "href", "url(", "onload", "<foreignObject", "&#"):
        assert forbidden not in told
    etree.fromstring(told.encode())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(process=any_process(most=4))
def test_no_card_lies_on_another_and_all_lie_within(process: ProcessVersion) -> None:
    lines = {s.order: lines_of(process, s, {}, {}) for s in process.steps}
    layout = laid_out(process, lines, lambda line: line.text.vi, 0)
    boxes = [(c.x, c.y, c.x + 288, c.y + c.height) for c in layout.cards]
    assert len(boxes) == len(process.steps)
    for n, (x, y, right, below) in enumerate(boxes):
        assert 0 <= x < right <= layout.width
        assert 0 <= y < below <= layout.height
        for other in boxes[n + 1 :]:
            assert right < other[0] or other[2] < x or below < other[1] or other[3] < y
    for way in layout.ways:
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in way.points)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(way.points, way.points[1:], strict=False))
    etree.fromstring(picture(process, Look()).encode())


def test_where_a_dossier_is() -> None:
    root = drawn(sample(), here=(4, 5), done=(1, 2))
    assert len(root.findall(f"{SVG}rect[@class='step here']")) == 2
    assert texts(root).count("Đang ở bước này") == 2
    assert texts(drawn(sample())).count("Đang ở bước này") == 0


def test_five_hundred_steps_at_once() -> None:
    process = parse(
        table(*(row(f"r{n}", returns_to=[f"r{n - 1}"] if n else []) for n in range(496)), approve(), seal())
    )
    began = time.process_time()
    told = picture(process, Look())
    assert time.process_time() - began < 1
    assert told.count('class="step"') == 500


def test_texts_are_told_as_texts() -> None:
    document = table(row("examine", work={"vi": '<script>"&\x01\ud800</script>'}), approve())
    root = drawn(parse(document))
    assert '2. <script>"&</script>' in texts(root)


@pytest.mark.parametrize(
    "text", ["", "Thẩm tra tính thống nhất", "A" * 400, "một " * 50, "Nguyễn\u00a0Thị\tHoa"]
)
def test_lines_are_no_wider_than_their_room(text: str) -> None:
    lines = wrapped(text, 14, 200)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 14) <= 200 for line in lines)


def wrapped_by_trying(text: str, size: float, room: float) -> list[str]:
    """The same lines by measuring every cut anew, which takes the cube of a long word."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size) > room:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], size) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


@given(text(alphabet="aiWmĐ ế\u0301語 \n", max_size=60), sampled_from([5.0, 14.0, 30.0, 200.0]))
def test_lines_break_where_the_next_letter_has_no_room(told: str, room: float) -> None:
    assert wrapped(told, 14, room) == wrapped_by_trying(told, 14, room)


@pytest.mark.parametrize("told", ["a" * 100_000, "\u0301" * 100_000, "từ " + "W" * 99_000 + " cuối"])
def test_a_word_of_any_length_is_measured_a_few_times(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    measured = 0

    def counted(letter: str) -> float:
        nonlocal measured
        measured += 1
        return letter_width(letter)

    monkeypatch.setattr("motcua.processes.picture.text._letter", counted)
    assert "".join(wrapped(told, 14, 200)) == told.replace(" ", "")
    assert measured <= 2 * len(told)


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        ({"==": [{"var": "outside"}, True]}, "nhận ở cơ quan khác", "received at another agency"),
        ({"!": [{"var": "assisted"}]}, "không phải có người làm hộ hồ sơ", "not somebody typed it for the applicant"),
        ({"in": [{"var": "channel"}, ["online", "post"]]}, "kênh nộp thuộc trực tuyến, bưu chính",
         "the channel is one of online, by post"),
        ({"and": [{">": [{"var": "quantities.floors"}, 7]}, {"or": [{"var": "outside"}, {"var": "assisted"}]}]},
         "số lượng “floors” lớn hơn 7 và (nhận ở cơ quan khác hoặc có người làm hộ hồ sơ)",
         ("the number of “floors” is more than 7 and "
          "(received at another agency or somebody typed it for the applicant)")),
        ({"+": [1, 2]}, '{"+": [1, 2]}', '{"+": [1, 2]}'),
    ],
)  # fmt: skip
def test_a_condition_in_words(rule: object, vi: str, en: str) -> None:
    assert condition_words(rule, {}) == Say(vi, en)
