"""The columns of the register have room for what a year brings."""

from motcua.web.common.fonts import paper_fonts, widths
from motcua.web.common.pdf.lines import Frame, laid
from motcua.web.oversight.register import COLUMNS


def test_the_number_of_the_ten_thousandth_dossier_stays_on_one_line():
    font = paper_fonts()[-1]
    frame = Frame(
        width=270,
        shares=[column.share for column in COLUMNS],
        size=9,
        leading=0.52,
        beside=1.4,
        above=1.4,
    )
    row = ("10000", "H99.01.01-260824-0100", *[""] * (len(COLUMNS) - 2))
    drawn = laid([column.head for column in COLUMNS], [[row]], frame, widths(font))
    assert [cell for cell in drawn["parts"][0][0]["cells"] if "\n" in cell] == []
