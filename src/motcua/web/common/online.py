"""Where a procedure can be handed in online: here, by which agencies, and why not."""

from datetime import datetime

from motcua.agencies.selectors import agency
from motcua.catalogue.selectors import Offer, handled_at, offer
from motcua.catalogue.shapes import ELSEWHERE, Channel, HandledIn, ProcedureVersion
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import local
from motcua.processes.selectors import agencies_running
from motcua.web.common.citizens import provider


def online_variants(version: ProcedureVersion) -> list[str]:
    """The variants that are open online."""
    return [v.code for v in version.variants if version.channel(v.code, Channel.ONLINE) is not None]


def is_offered(found: Offer, *, by_citizen: bool = True) -> bool:
    """Whether this offer can be handed in here, online: by citizens themselves only where they can sign in."""
    open_here = found.handled_in == HandledIn.HERE.value and bool(online_variants(found.version))
    return open_here and (not by_citizen or provider() is not None)


def begins_at(procedure: str, *, at: datetime) -> tuple[ProcedureVersion, list[str]]:
    """The version in force, and the agencies with a desk where it is begun online: they run one of its variants that
    are open online, and settle it here that day. Three statements. Raises NotFound; NotAllowedNow where there is none,
    saying why."""
    on = local(at).date()
    version = offer(procedure, agency="", province=None, on=on).version
    running = agencies_running(procedure=procedure, variants=online_variants(version), on=on)
    with_desk = {code: agency(code).parent for code in running if agency(code).desk_unit is not None}
    places = handled_at(version, places=with_desk, on=on)
    found = [code for code in with_desk if places[code] == HandledIn.HERE]
    if not found or provider() is None:
        open_offer(procedure, at_agency=next(iter(with_desk), ""), at=at)
        raise NotAllowedNow(
            "Chưa có cơ quan nào trong hệ thống này nhận thủ tục này.",
            "No agency of this system takes this procedure yet.",
        )
    return version, found


def open_offer(procedure: str, *, at_agency: str, at: datetime, by_citizen: bool = True) -> Offer:
    """The offer under which `procedure` is handed in online at an agency ("": anywhere). Raises NotFound; NotAllowedNow
    where it is not: handled in another system, not open online, no citizen can sign in (`by_citizen`)."""
    province = agency(at_agency).parent if at_agency else None
    found = offer(procedure, agency=at_agency, province=province, on=local(at).date())
    if there := ELSEWHERE.get(found.handled_in):
        raise NotAllowedNow(
            f"Thủ tục này được nộp và giải quyết trên {there.vi}, không nộp ở đây. "
            "Trang của thủ tục có đường dẫn đến nơi nộp.",
            f"This procedure is handed in and settled in {there.en}, not here. The procedure's page leads there.",
        )
    if not is_offered(found, by_citizen=by_citizen):
        raise NotAllowedNow(
            "Thủ tục này chưa nộp trực tuyến ở đây được. Trang của thủ tục cho biết nộp ở đâu, cách nào.",
            "This procedure can't be handed in online here yet. Its page says where and how.",
        )
    return found
