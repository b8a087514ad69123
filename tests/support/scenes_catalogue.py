"""Scenes of the catalogue office: findings, procedures, drafts."""

from tests.support.scene import Scene

_NOBODY = "00000000-0000-7000-8000-000000000000"
_PARTS = "/catalogue/drafts/{draft}/parts"
_READY = "/catalogue/drafts/{draft_ready}"
_DECIDED = {
    "number": "12/QĐ-UBND", "issued_on_0": "01", "issued_on_1": "08", "issued_on_2": "2026", "by": "UBND Tỉnh Mẫu",
    "effective_from_0": "01", "effective_from_1": "01", "effective_from_2": "2027", "agreed": "on",
}  # fmt: skip
CATALOGUE = (
    Scene("catalogue_procedures", "empty", "/catalogue/procedures?q=zzzz", "danhmuc"),
    Scene("catalogue_procedures", "filled", "/catalogue/procedures", "danhmuc"),
    Scene("catalogue_procedure", "filled", "/catalogue/procedures/{announced}", "danhmuc"),
    Scene("catalogue_procedure", "filled", "/catalogue/procedures/{compared}", "danhmuc"),
    Scene("catalogue_procedure", "error", "/catalogue/procedures/9.999999", "danhmuc", status=404),
    Scene("catalogue_compare", "filled", "/catalogue/procedures/{compared}/compare", "danhmuc"),
    Scene("catalogue_compare", "error", "/catalogue/procedures/{announced}/compare", "danhmuc", status=404),
    Scene("localities", "empty", "/catalogue/procedures/1.012796/local", "danhmuc"),
    Scene("localities", "filled", "/catalogue/procedures/{localised}/local", "danhmuc"),
    Scene("localities", "error", "/catalogue/procedures/9.999999/local", "danhmuc", status=404),
    Scene("localise", "filled", "/catalogue/procedures/{localised}/local/promise", "danhmuc"),
    Scene("localise", "filled", "/catalogue/procedures/{localised}/local/fees", "danhmuctinh"),
    Scene("localise", "filled", "/catalogue/procedures/{localised}/local/place", "danhmuc"),
    Scene("localise", "filled", "/catalogue/procedures/{localised}/local/handled_in", "danhmuc"),
    Scene("localise", "filled", "/catalogue/procedures/{localised}/local/process", "danhmuc"),
    Scene(
        "localise", "error", "/catalogue/procedures/{localised}/local/promise", "danhmuc",
        fill={"value_0": "30", "basis": "12/QĐ-UBND"}, sends=True, status=422,
    ),
    Scene("version_withdraw", "empty", "/catalogue/versions/{coming}/withdraw", "danhmuctinh"),
    Scene(
        "version_withdraw", "error", "/catalogue/versions/{coming}/withdraw", "danhmuctinh",
        fill={"basis": ""}, sends=True, status=422,
    ),
    Scene(
        "draft_publish", "filled", f"{_READY}/publish", "danhmuctinh",
        fill=_DECIDED | {"transition": "favour", "transition_basis": "Điều 20 của 12/QĐ-UBND"}, sends=True,
    ),
    Scene("draft_begin", "empty", "/catalogue/drafts/begin", "danhmuctinh"),
    Scene("draft_begin", "filled", "/catalogue/drafts/begin", "danhmuctinh", fill={"code": "1.234567"}),
    Scene(
        "draft_begin", "error", "/catalogue/drafts/begin", "danhmuctinh",
        fill={"code": "12"}, sends=True, status=422,
    ),
    Scene("draft", "filled", "/catalogue/drafts/{draft}", "danhmuctinh"),
    Scene("draft", "filled", _READY, "danhmuctinh"),
    Scene("draft", "error", f"/catalogue/drafts/{_NOBODY}", "danhmuctinh", status=404),
    Scene("draft_part", "filled", f"{_PARTS}/papers", "danhmuctinh"),
    Scene("draft_part", "filled", f"{_PARTS}/ways?mend=yes", "danhmuctinh"),
    Scene("draft_part", "empty", f"{_PARTS}/questions", "danhmuctinh"),
    *(Scene("draft_part", "filled", f"{_READY}/parts/{part}", "danhmuctinh") for part in ("name", "fees", "order")),
    Scene(
        "draft_part", "error", f"{_PARTS}/papers", "danhmuctinh",
        fill={"sets": "hai"}, sends=True, status=422,
    ),
    Scene("draft_compare", "filled", f"{_READY}/compare", "danhmuctinh"),
    Scene("draft_compare", "error", f"/catalogue/drafts/{_NOBODY}/compare", "danhmuctinh", status=404),
    Scene("draft_put_in", "empty", f"{_READY}/put-in", "danhmuctinh"),
    Scene("draft_put_in", "error", f"{_READY}/put-in", "danhmuctinh", sends=True, status=422),
    Scene("draft_discard", "filled", f"{_READY}/discard", "danhmuctinh"),
    Scene("draft_discard", "error", f"/catalogue/drafts/{_NOBODY}/discard", "danhmuctinh", status=404),
    Scene("draft_publish", "empty", "/catalogue/drafts/{draft}/publish", "danhmuctinh"),
    Scene("draft_publish", "filled", f"{_READY}/publish", "danhmuctinh", fill={"number": "12/QĐ-UBND"}),
    Scene("draft_publish", "filled", "/catalogue/drafts/{draft_asking}/publish", "danhmuctinh"),
    Scene(
        "draft_publish", "error", "/catalogue/drafts/{draft_asking}/publish", "danhmuctinh",
        fill={"number": "12/QĐ-UBND"}, sends=True, status=422,
    ),
    Scene("draft_publish", "error", f"{_READY}/publish", "danhmuctinh", fill={"number": ""}, sends=True, status=422),
)  # fmt: skip

WITHOUT_CATALOGUE = {
    ("catalogue_procedures", "error"): "any words are a search",
    ("catalogue_procedure", "empty"): "a procedure says something",
    ("catalogue_compare", "empty"): "two versions say something",
    ("version_withdraw", "filled"): "one line is all it asks for",
    ("localise", "empty"): "it holds the day, and what is in force",
    ("draft", "empty"): "a draft has its parts",
    ("draft_compare", "empty"): "its words are those of the filled one",
    ("draft_put_in", "filled"): "a file stands in a form only until it is sent",
    ("draft_discard", "empty"): "it asks for nothing",
}
