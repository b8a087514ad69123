"""Finding procedures and reading their versions. Published is immutable, so a version is read once a process."""

import functools
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from motcua.catalogue.checking import BAR, parse
from motcua.catalogue.fees import Resolved
from motcua.catalogue.lengths import hours, shorter
from motcua.catalogue.models import Schedule, Version
from motcua.catalogue.schedules import FeeSchedule, parse_schedule
from motcua.catalogue.shapes import Channel, HandledIn, Limit, LimitUnit, ProcedureVersion
from motcua.eforms.selectors import OF_PROCEDURE
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.kept import Kept
from motcua.kernel.say import Say
from motcua.kernel.text import fold

UNPUBLISHED = UUID(int=0)
_kept: Kept[UUID, ProcedureVersion] = Kept(
    lambda ids: {row.id: parse(row.body) for row in Version.objects.filter(id__in=ids)}
)


def versions(ids: Iterable[UUID]) -> Mapping[UUID, ProcedureVersion]:
    """Published versions by id. One statement for all that are new to this process, else none."""
    return _kept.of(ids)


def version(version_id: UUID) -> ProcedureVersion:
    """A published version by its id; it is immutable, so it is read once a process. Raises NotFound."""
    found = versions([version_id]).get(version_id)
    if found is None:
        raise NotFound("Không có phiên bản thủ tục này.", "There is no such procedure version.")
    return found


@dataclass(frozen=True, slots=True)
class Promised:
    """A published promise and by which document; `agency` gave it, for itself or for those below it."""

    agency: str
    variant: str
    channel: str
    limit: Limit
    basis: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure as an agency offers it on a day, with its province's fees and the promises given; `place`: where
    dossiers are taken, when not at its desk; `forms`: the forms published for it here (eforms.selectors.form_for)."""

    version_id: UUID
    version: ProcedureVersion
    handled_in: str
    promises: tuple[Promised, ...] = ()
    fees: tuple[Resolved, ...] = ()
    place: str = ""
    schedules: tuple[UUID, ...] = ()
    forms: tuple[UUID, ...] = ()

    def promised(self, variant: str, channel: str) -> Promised | None:
        """The promise that binds: the agency's own last one or that for all below, whichever is the shorter."""
        last = {p.agency: p for p in self.promises if (p.variant, p.channel) == (variant, channel)}
        return min(last.values(), key=lambda p: hours(p.limit) or 0, default=None)


@dataclass(frozen=True, slots=True)
class OfferedVariant:
    """One variant on one channel: the limit the law sets and what the agency promises (else the same)."""

    limit: Limit
    promise: Limit


_LOCAL = f"""
       (SELECT h.handled_in FROM catalogue_handling h
        WHERE h.procedure_id = v.procedure_id AND h.agency IN ('', %(agency)s, %(province)s)
          AND h.valid_from <= %(on)s AND (h.valid_to IS NULL OR h.valid_to > %(on)s)
        ORDER BY h.agency = %(agency)s DESC, h.agency <> '' DESC, h.valid_from DESC, h.id DESC LIMIT 1),
       (SELECT jsonb_agg(jsonb_build_array(p.agency, p.variant, p.channel, p.value, p.unit, p.basis)
                         ORDER BY p.valid_from, p.id)
        FROM catalogue_promise p WHERE p.procedure_id = v.procedure_id AND p.agency IN (%(agency)s, %(province)s)
          AND p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to > %(on)s))::text,
       (SELECT array_agg(s.id ORDER BY s.valid_from, s.id) FROM catalogue_schedule s
        WHERE s.agency IN (%(agency)s, %(province)s) AND s.valid_from <= %(on)s
          AND s.body @> jsonb_build_object('fees', jsonb_build_array(
              jsonb_build_object('procedure', v.procedure_id)))),
       (SELECT l.address FROM catalogue_place l
        WHERE l.procedure_id = v.procedure_id AND l.agency IN (%(agency)s, %(province)s) AND l.valid_from <= %(on)s
        ORDER BY l.agency = %(agency)s DESC, l.valid_from DESC, l.id DESC LIMIT 1),
{OF_PROCEDURE}
"""  # noqa: S608 - fixed parts only
_OFFER = f"""
SELECT v.id, {_LOCAL}
FROM (SELECT DISTINCT ON (procedure_id) id, procedure_id FROM catalogue_version
      WHERE procedure_id = ANY(%(procedures)s) AND effective_from <= %(on)s AND withdrawn_at IS NULL
      ORDER BY procedure_id, effective_from DESC, number DESC) v
WHERE NOT EXISTS (SELECT FROM catalogue_procedure c WHERE c.code = v.procedure_id AND c.closed_on <= %(on)s)
"""  # noqa: S608 - fixed parts only


_HANDLED = """
SELECT DISTINCT ON (agency) agency, handled_in FROM catalogue_handling
WHERE procedure_id = %(procedure)s AND agency = ANY(%(agencies)s)
  AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
ORDER BY agency, valid_from DESC, id DESC"""


def handled_at(
    found: ProcedureVersion, *, places: Mapping[str, str | None], on: date
) -> dict[str, HandledIn]:
    """Where each agency of `places` (with its province) has the procedure settled on a day: as it says itself, else its
    province, else everybody, else the version. One statement."""
    asked = {"", *places, *(province for province in places.values() if province)}
    with connection.cursor() as cursor:
        cursor.execute(_HANDLED, {"procedure": found.code, "agencies": sorted(asked), "on": on})
        told = {agency: HandledIn(where) for agency, where in cursor.fetchall()}
    everywhere = told.get("", found.handled_in)
    return {code: told.get(code, told.get(province or "", everywhere)) for code, province in places.items()}


def offer_as_it_was(
    version_id: UUID,
    *,
    handled_in: str,
    promises: Iterable[Promised],
    schedules: Iterable[UUID],
    place: str,
) -> Offer:
    """A procedure as it was once offered, out of what is never changed. Raises NotFound."""
    found, kept = version(version_id), tuple(schedules)
    return Offer(version_id, found, handled_in, tuple(promises), _fees(found.code, kept), place, kept)


def _fees(procedure: str, schedules: Iterable[UUID]) -> tuple[Resolved, ...]:
    """What is set for `procedure`; of one fee what was set last."""
    return tuple({fee.rule: fee for one in schedules for fee in _schedule(one).of(procedure)}.values())


@functools.lru_cache(maxsize=1024)
def _schedule(schedule: UUID) -> FeeSchedule:
    return parse_schedule(Schedule.objects.get(id=schedule).body)


def offer(procedure: str, *, agency: str, province: str | None, on: date) -> Offer:
    """The version of `procedure` in force on `on`: where it is handled for `agency`, what the agency promises,
    what its province charges. One statement. Raises NotFound for an unknown code, Invalid for a year nobody
    can mean."""
    if not 1990 <= on.year <= 2100:
        raise Invalid("Ngày ngoài khoảng 1990-2100.", "The date is outside 1990-2100.", field="on")
    found = offers([procedure], agency=agency, province=province, on=on).get(procedure)
    if found is None:
        raise NotFound(
            f"Không có thủ tục {procedure} đang hiệu lực. Hãy tìm lại theo tên hoặc mã.",
            f"There is no procedure {procedure} in force. Search again by name or code.",
        )
    return found


def offers(procedures: Collection[str], *, agency: str, province: str | None, on: date) -> dict[str, Offer]:
    """Those of `procedures` that are in force on `on`, as `offer` tells of each. One statement, and one for versions
    that are new to this process."""
    asked = {"procedures": list(procedures), "agency": agency, "province": province, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_OFFER, asked)
        rows = cursor.fetchall()
    read = versions(row[0] for row in rows)
    return {read[row[0]].code: _offered(row[0], read[row[0]], *row[1:]) for row in rows}


def offer_of(found: ProcedureVersion, *, agency: str, province: str | None, on: date) -> Offer:
    """As `offer`, of a version that is not in force yet, or not even published. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_LOCAL} FROM (SELECT %(procedure)s::text AS procedure_id) v",  # noqa: S608
            {"procedure": found.code, "agency": agency, "province": province, "on": on},
        )
        return _offered(UNPUBLISHED, found, *cursor.fetchone())


def _offered(
    version_id: UUID,
    found: ProcedureVersion,
    handled_in: str | None,
    promises: str | None,
    schedules: list[UUID] | None,
    place: str | None,
    forms: list[UUID] | None,
) -> Offer:
    return Offer(
        version_id=version_id,
        version=found,
        handled_in=handled_in or found.handled_in.value,
        promises=tuple(
            Promised(agency, variant, channel, stored_limit(value, unit), basis)
            for agency, variant, channel, value, unit, basis in (json.loads(promises) if promises else ())
        ),
        fees=_fees(found.code, schedules or ()),
        place=place or "",
        schedules=tuple(schedules or ()),
        forms=tuple(forms or ()),
    )


def stored_limit(value: str, unit: str) -> Limit:
    """A limit as its row keeps it."""
    return Limit(LimitUnit(unit), Decimal(value) if value else None)


def offered_variant(found: Offer, *, variant: str, channel: str) -> OfferedVariant:
    """Limit and promise of a variant on a channel. Raises Invalid when there is no such variant or the channel
    is not open for it."""
    if variant not in {v.code for v in found.version.variants}:
        raise Invalid(
            "Hãy chọn trường hợp của thủ tục.", "Choose a variant of the procedure.", field="variant"
        )
    entry = found.version.channel(variant, Channel(channel))
    if entry is None:
        raise Invalid(
            "Thủ tục này không nhận theo hình thức đã chọn.",
            "This procedure is not open on the chosen channel.",
            field="channel",
        )
    if entry.limit.unit is LimitUnit.UNKNOWN:
        raise NotAllowedNow(
            "Bản công bố không ghi rõ thời hạn của trường hợp này; cán bộ danh mục thủ tục cần quyết định trước khi "
            "tiếp nhận.",
            "The announcement does not say what the limit of this variant is; the catalogue officer decides it before "
            "anything is received.",
        )
    promised = found.promised(variant, channel)
    promise = entry.limit if promised is None else shorter(promised.limit, entry.limit)
    return OfferedVariant(limit=entry.limit, promise=promise)


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure as a search shows it."""

    code: str
    title: str
    sector: str


_PART = "(title_folded LIKE %s OR words_folded LIKE %s OR code LIKE %s)"
# A name people use for it, whole, then as typed so far; then the title; among like ones the shorter, plainer one.
_BY_SECTOR = "sector, title_folded, code"
_NEAREST = "words_folded NOT LIKE %s, words_folded NOT LIKE %s, title_folded NOT LIKE %s, length(title), code"


def find(words: str, *, limit: int = 20, among: Collection[str] | None = None) -> list[Found]:
    """Procedures whose code, title or everyday names hold every word of `words`, without accents; for "" all, by
    sector and title.

    The public may search: procedures are published. At most `limit` rows; those that people call just so
    ("khai sinh", "sao y", "GKS") come first, then those with the words together in their title. `among`: these codes
    only.
    """
    parts = [_escape(part) for part in fold(words).replace(BAR, " ")[:200].split()]
    where = " AND ".join([_PART] * len(parts)) or "true"
    kept = " AND code = ANY(%s)" if among is not None else ""
    phrase = " ".join(parts)
    nearest = [f"%{BAR}{phrase}{BAR}%", f"%{BAR}{phrase}%", f"%{phrase}%"] if parts else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT code, title, sector FROM catalogue_procedure WHERE {where}{kept}"  # noqa: S608 - fixed parts only
            f" ORDER BY {_NEAREST if parts else _BY_SECTOR} LIMIT %s",
            [
                *(f"%{part}%" for part in parts for _ in range(3)),
                *([sorted(among)] if among is not None else []),
                *nearest,
                limit,
            ],
        )
        return [Found(*row) for row in cursor.fetchall()]


def codes_in(sectors: Collection[str]) -> frozenset[str]:
    """The codes of the procedures in these sectors, by name. One statement, none for no sectors."""
    if not sectors:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM catalogue_procedure WHERE sector = ANY(%s)", [sorted(sectors)])
        return frozenset(code for (code,) in cursor.fetchall())


def sectors() -> list[str]:
    """The sectors of all published procedures, by name whatever its accents. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT sector FROM catalogue_procedure")
        return sorted((sector for (sector,) in cursor.fetchall()), key=fold)


def named(codes: Iterable[str]) -> list[Found]:
    """The procedures with these codes; unknown ones are left out. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, title, sector FROM catalogue_procedure WHERE code = ANY(%s)", [list(codes)]
        )
        return [Found(*row) for row in cursor.fetchall()]


def titles(codes: Collection[str]) -> dict[str, Say]:
    """The procedures with these codes as their last versions call them, in both languages; unknown ones are left out.
    One statement, none for no codes."""
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (procedure_id) procedure_id, body -> 'title' ->> 'vi', body -> 'title' ->> 'en'"
            " FROM catalogue_version WHERE procedure_id = ANY(%s) AND withdrawn_at IS NULL"
            " ORDER BY procedure_id, number DESC",
            [list(codes)],
        )
        return {code: Say(vi, en or vi) for code, vi, en in cursor.fetchall()}


def _escape(part: str) -> str:
    return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a procedure stands towards the national catalogue; `digest`: of the line it was last taken from."""

    digest: bytes
    imported: bool
    publisher: str
    closed_on: date | None
    rules: int


def standing() -> dict[str, Standing]:
    """Every procedure, by code. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, coalesce(a.digest, ''), coalesce(v.body ? 'announced', false),"
            " coalesce(a.publisher, ''), p.closed_on, coalesce(a.rules, 0)"
            " FROM catalogue_procedure p LEFT JOIN catalogue_announcement a ON a.id = p.announcement"
            " LEFT JOIN LATERAL (SELECT body FROM catalogue_version WHERE procedure_id = p.code"
            " AND withdrawn_at IS NULL ORDER BY number DESC LIMIT 1) v ON true"
        )
        return {code: Standing(bytes(digest), *rest) for code, digest, *rest in cursor.fetchall()}


def published_codes() -> set[str]:
    """Codes of all procedures with a published version."""
    return set(Version.objects.values_list("procedure_id", flat=True).distinct())


def version_ids(procedure: str) -> tuple[UUID, ...]:
    """The published versions of a procedure, the first one first."""
    return tuple(
        Version.objects.filter(procedure_id=procedure).order_by("number").values_list("id", flat=True)
    )
