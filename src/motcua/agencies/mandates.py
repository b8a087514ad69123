"""Forms of signing for another (30/2020/NĐ-CP art. 13): what each needs, and how who signs is named. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from motcua.agencies.positions import POSITION_KINDS
from motcua.kernel.say import Say

HEADS = frozenset({"chair", "director"})
DEPUTIES = frozenset({"vice_chair", "deputy_director"})


@dataclass(frozen=True, slots=True)
class MandateKind:
    """A form of signing: its abbreviation before the title, who gives it and who takes it (None: anybody), whether
    it has to name what it is for, and may."""

    code: str
    sign: str
    title: Say
    givers: frozenset[str] | None = None
    takers: frozenset[str] | None = None
    is_named: bool = False
    is_whole: bool = False


_KINDS = (
    MandateKind("", "", Say("Làm thay (không ký thay)", "Stand-in (in the seat as it is)")),
    MandateKind("kt", "KT.", Say("KT. (ký thay)", "KT. (deputy signs for the head)"), HEADS, DEPUTIES),
    MandateKind("tl", "TL.", Say("TL. (thừa lệnh)", "TL. (by order)"), HEADS, is_named=True),
    MandateKind("tuq", "TUQ.", Say("TUQ. (thừa ủy quyền)", "TUQ. (by delegation)"), HEADS, is_named=True),
    MandateKind(
        "tm", "TM.", Say("TM. (thay mặt tập thể)", "TM. (for the collective)"), frozenset({"chair"}), DEPUTIES
    ),
    MandateKind("q", "Q.", Say("Q. (quyền)", "Q. (acting head)"), HEADS, is_whole=True),
)
KINDS = {kind.code: kind for kind in _KINDS}
_BY_SIGN = {kind.sign: kind for kind in _KINDS if kind.sign}
_SIGNING = {
    "chair": "CHỦ TỊCH",
    "vice_chair": "PHÓ CHỦ TỊCH",
    "director": "THỦ TRƯỞNG",
    "deputy_director": "PHÓ THỦ TRƯỞNG",
}
# A deputy signs for the head in their own seat, too.
_HEAD_OF = {"vice_chair": "chair", "deputy_director": "director"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMandate:
    """What a document gives: the form of signing, its number and day, the acts (codes of dossiers.states.Act), the
    procedures and sectors (by name) it is for (none: all), and whether it holds only while the one who gives it is
    absent."""

    number: str
    kind: str = ""
    dated: date | None = None
    acts: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    when_absent: bool = False
    sectors: tuple[str, ...] = ()

    @property
    def limits(self) -> dict[str, list[str]] | None:
        """The acts, procedures and sectors it is for alone; None for all that the seat does."""
        named = {"acts": self.acts, "procedures": self.procedures, "sectors": self.sectors}
        return {name: sorted(codes) for name, codes in named.items()} if any(named.values()) else None


def why_not(mandate: NewMandate, *, giver: str, takers: Collection[str]) -> tuple[str, Say] | None:
    """The field and the reason for which a seat of the kind `giver` gives no such mandate to who sits in seats of
    the kinds `takers`; None where it may."""
    kind = KINDS.get(mandate.kind)
    if kind is None:
        return "kind", Say("Hãy chọn hình thức ký.", "Choose the form of signing.")
    if kind.givers is not None and giver not in kind.givers:
        seats = ", ".join(sorted(POSITION_KINDS[g].title.vi for g in kind.givers))
        english = ", ".join(sorted(POSITION_KINDS[g].title.en for g in kind.givers))
        return "kind", Say(
            f"Chỉ người đứng đầu giao ký {kind.sign}: {seats}.", f"{kind.sign} is given by {english} only."
        )
    if kind.takers is not None and kind.takers.isdisjoint(takers):
        return "kind", Say(
            f"Chỉ cấp phó của người đứng đầu ký {kind.sign}; người này không giữ vị trí cấp phó.",
            f"Only a deputy of the head signs {kind.sign}; this person holds no deputy's seat.",
        )
    if kind.is_named and mandate.limits is None:
        return "acts", Say(
            f"Ký {kind.sign} phải nêu rõ nội dung: chọn việc, lĩnh vực, hoặc ghi mã thủ tục.",
            f"{kind.sign} has to name what it is for: choose acts or sectors, or give codes of procedures.",
        )
    if kind.is_whole and mandate.limits is not None:
        return "acts", Say(
            f"Ký {kind.sign} là giữ toàn bộ việc của vị trí; hãy bỏ trống việc, lĩnh vực và thủ tục.",
            f"{kind.sign} is for all that the seat does; leave acts, sectors and procedures empty.",
        )
    return None


def written(kind: str, number: str) -> str:
    """The mandate as an act's envelope names it: "KT. 12/QĐ-UBND"; of a plain stand-in the number alone."""
    sign = KINDS[kind].sign
    return f"{sign} {number}" if sign else number


def read(mandate: str) -> tuple[str, str]:
    """The kind and the number out of what `written` made."""
    sign, _, number = mandate.partition(" ")
    return (_BY_SIGN[sign].code, number) if sign in _BY_SIGN else ("", mandate)


def signing_title(seat: str) -> str:
    """What a seat is called above a signature."""
    return _SIGNING.get(seat) or POSITION_KINDS[seat].title.vi.upper()


def signed_as(seat: str, *, kind: str = "", own: str = "") -> tuple[str, ...]:
    """The lines above the signature of who signs in `seat` under a mandate of `kind`, whose own seat is `own`:
    "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH" (30/2020/NĐ-CP, annex I)."""
    title, sign = signing_title(seat), KINDS[kind].sign
    if not sign:
        head = _HEAD_OF.get(seat)
        return (f"KT. {signing_title(head)}", title) if head else (title,)
    first = "TM. ỦY BAN NHÂN DÂN" if kind == "tm" else f"{sign} {title}"
    return (first,) if kind == "q" else (first, signing_title(own or seat))
