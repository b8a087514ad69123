"""What certifying one paper costs: the catalogue's own rule, asked for one line at a time. Pure."""

from dataclasses import dataclass
from uuid import UUID

from motcua.catalogue.fees import Claim, FeeLine, Quantities, compute
from motcua.catalogue.shapes import Audience, Channel, ProcedureVersion
from motcua.certification.rules import Kind, PaperType, find_paper, paper
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean

MOST_PAGES, MOST_COUNT, MOST_LINES, LONGEST_DETAIL = 2_000, 500, 40, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paper as typed: its type, pages of the original, how many copies (signed papers, originals), its clause (""
    for the paper's own or the kind's first), and what else the clause names."""

    paper: str
    pages: int = 1
    count: int = 1
    clause: str = ""
    detail: str = ""

    def cleaned(self, of: Kind, place: int = 0) -> "Line":
        """The same, tidy. Raises Invalid naming the line's field at fault."""
        if self.paper not in of.papers:
            raise Invalid("Hãy chọn loại giấy tờ.", "Choose the type of paper.", field=f"line-{place}-paper")
        for name, value, most in (("pages", self.pages, MOST_PAGES), ("count", self.count, MOST_COUNT)):
            if not 1 <= value <= most:
                raise Invalid(
                    f"Hãy nhập một số từ 1 đến {most}.",
                    f"Enter a number from 1 to {most}.",
                    field=f"line-{place}-{name}",
                )
        typical = paper(self.paper).clause
        fitting = {c.code for c in of.clauses}
        chosen = self.clause or (typical if typical in fitting else "")
        return Line(
            paper=self.paper,
            pages=self.pages,
            count=self.count,
            clause=of.clause(chosen).code,
            detail=clean(self.detail)[:LONGEST_DETAIL],
        )


def paper_meant(words: str, *, of: Kind) -> PaperType | None:
    """The paper type meant by letters as typed."""
    return find_paper(words, of=of)


def price(line: Line, *, of: Kind, version: ProcedureVersion) -> tuple[FeeLine, ...]:
    """The fee lines of one paper (226/2016/TT-BTC): pages count for each copy, a signature for each paper, a
    transaction once, whatever its pages and originals; none for a mortgage that the law exempts (55/2015/NĐ-CP)."""
    fees, exemption = version.fees_of(of.variant, Channel.COUNTER), paper(line.paper).exemption
    exempt = any(known.code == exemption for rule in fees for known in rule.exemptions)
    copies = line.count if of.counts == "copies" else 1
    papers = line.count if of.counts == "papers" else 1
    quantities = Quantities(
        requests=papers, documents=papers, pages=line.pages, copies=copies, signatures=papers
    )
    order = compute(
        rules=fees,
        channel=Channel.COUNTER,
        applicant=Audience.CITIZEN,
        quantities=quantities,
        claims=[Claim(exemption, evidence="shown")] if exempt else (),
    )
    return order.lines


def amount(lines: tuple[FeeLine, ...]) -> int | None:
    """The sum in đồng; None while one is not known."""
    amounts = [line.amount for line in lines]
    return None if None in amounts else sum(a or 0 for a in amounts)


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with its fee."""

    line: Line
    fee: int | None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign on a day: the person, in which kind of seat, by which mandate ("" for a leader's own), and whose
    seat it is when they sit in for somebody."""

    account: UUID
    name: str
    seat: str
    mandate: str
    acting_for: UUID | None = None
