"""Scenes of the catalogue office: findings, procedures, drafts."""

from tests.support.scene import Scene
from tests.support.scenes_processes import PROCESS_FILES, PROCESSES, WITHOUT_PROCESSES

_NOBODY = "00000000-0000-7000-8000-000000000000"
_PARTS = "/catalogue/drafts/{draft}/parts"
_READY = "/catalogue/drafts/{draft_ready}"
_FORM, _FORM_BEGIN = "/catalogue/forms/{form_draft}/draft", "/catalogue/form-drafts/begin"
_DECIDED = {
    "number": "12/QĐ-UBND", "issued_on_0": "01", "issued_on_1": "08", "issued_on_2": "2026", "by": "UBND Tỉnh Mẫu",
    "effective_from_0": "01", "effective_from_1": "01", "effective_from_2": "2027", "agreed": "on",
}  # fmt: skip
CATALOGUE_FILES = ("findings_file", "draft_file", "eform_draft_file", "eform_version_file", *PROCESS_FILES)
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
    Scene("eforms", "empty", "/catalogue/forms?q=zzzz", "danhmuc"),
    Scene("eforms", "filled", "/catalogue/forms", "danhmuctinh"),
    Scene("eform", "filled", "/catalogue/forms/{form_twice}", "danhmuctinh"),
    Scene("eform", "filled", f"{_FORM.removesuffix('/draft')}", "danhmuc"),
    Scene("eform", "error", "/catalogue/forms/nobody", "danhmuc", status=404),
    Scene("eform_compare", "filled", "/catalogue/forms/{form_twice}/compare", "danhmuc"),
    Scene("eform_compare", "error", "/catalogue/forms/extract_copies/compare", "danhmuc", status=404),
    Scene("eform_begin", "empty", _FORM_BEGIN, "danhmuctinh"),
    Scene("eform_begin", "filled", _FORM_BEGIN, "danhmuctinh", fill={"code": "nuoi_con", "title-vi": "Nuôi con nuôi"}),
    Scene("eform_begin", "error", _FORM_BEGIN, "danhmuctinh", fill={"code": "12"}, sends=True, status=422),
    Scene("eform_draft", "empty", "/catalogue/forms/{form_new}/draft", "danhmuctinh"),
    Scene("eform_draft", "filled", _FORM, "danhmuctinh"),
    *(
        Scene("eform_draft", "filled", f"{_FORM}?at=pages.{place}", "danhmuctinh")
        for place in ("0", "1.sections.0", "1.sections.0.fields.0", "1.sections.0.fields.2", "1.sections.0.fields.7")
    ),
    Scene(
        "eform_draft", "error", f"{_FORM}?at=pages.0.sections.0.fields.1", "danhmuctinh",
        fill={"visible_if-how": "and"}, sends=True, status=422,
    ),
    Scene("eform_draft_preview", "empty", "/catalogue/forms/{form_new}/draft/preview", "danhmuctinh"),
    Scene("eform_draft_preview", "filled", f"{_FORM}/preview?topic=child", "danhmuctinh"),
    Scene(
        "eform_draft_preview", "error", f"{_FORM}/preview?topic=child", "danhmuctinh",
        fill={"child.name": "N"}, sends=True, status=422,
    ),
    Scene("eform_draft_compare", "filled", f"{_FORM}/compare", "danhmuctinh"),
    Scene("eform_draft_compare", "error", "/catalogue/forms/nobody/draft/compare", "danhmuctinh", status=404),
    Scene("eform_draft_history", "filled", f"{_FORM}/history", "danhmuctinh"),
    Scene("eform_draft_history", "error", "/catalogue/forms/nobody/draft/history", "danhmuctinh", status=404),
    Scene("eform_draft_put_in", "empty", f"{_FORM}/put-in", "danhmuctinh"),
    Scene("eform_draft_put_in", "error", f"{_FORM}/put-in", "danhmuctinh", sends=True, status=422),
    Scene("eform_draft_discard", "filled", f"{_FORM}/discard", "danhmuctinh"),
    Scene("eform_draft_discard", "error", "/catalogue/forms/nobody/draft/discard", "danhmuctinh", status=404),
    Scene("eform_draft_publish", "empty", "/catalogue/forms/{form_new}/draft/publish", "danhmuctinh"),
    Scene("eform_draft_publish", "filled", f"{_FORM}/publish", "danhmuctinh", fill={"valid_from_0": "01"}),
    Scene("eform_draft_publish", "error", f"{_FORM}/publish", "danhmuctinh", sends=True, status=422),
    *PROCESSES,
)  # fmt: skip

WITHOUT_CATALOGUE = WITHOUT_PROCESSES | {
    ("catalogue_procedures", "error"): "any words are a search",
    ("catalogue_procedure", "empty"): "a procedure says something",
    ("catalogue_compare", "empty"): "two versions say something",
    ("version_withdraw", "filled"): "one line is all it asks for",
    ("localise", "empty"): "it holds the day, and what is in force",
    ("draft", "empty"): "a draft has its parts",
    ("draft_compare", "empty"): "its words are those of the filled one",
    ("draft_put_in", "filled"): "a file stands in a form only until it is sent",
    ("draft_discard", "empty"): "it asks for nothing",
    ("eforms", "error"): "any words are a search",
    ("eform", "empty"): "a form has a version or a draft",
    ("eform_compare", "empty"): "two versions say something",
    ("eform_draft_compare", "empty"): "its words are those of the filled one",
    ("eform_draft_history", "empty"): "a draft was begun at least",
    ("eform_draft_put_in", "filled"): "a file stands in a form only until it is sent",
    ("eform_draft_discard", "empty"): "it asks for nothing",
}
