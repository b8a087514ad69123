"""Scenes of processes: versions, who runs them, drafts of step tables."""

from tests.support.scene import Scene

_NOBODY = "00000000-0000-7000-8000-000000000000"
_DRAFT, _NEW = "/catalogue/process-drafts/{process_draft}", "/catalogue/process-drafts/{process_new}"
_LINES = "/catalogue/process-impacts/{process_impact}/dossiers"
_TESTED = "/catalogue/process-drafts/{process_tested}"
_BEGIN = "/catalogue/process-drafts/begin"
PROCESS_FILES = (
    "process_version_file", "process_version_picture", "process_version_bpmn", "process_draft_file",
    "process_draft_picture",
)  # fmt: skip
PROCESSES = (
    Scene("processes", "empty", "/catalogue/processes?q=zzzz", "danhmuc"),
    Scene("processes", "filled", "/catalogue/processes", "danhmuc"),
    Scene("process", "filled", "/catalogue/processes/{process_twice}", "danhmuc"),
    Scene("process", "filled", "/catalogue/processes/QT-THUE", "danhmuctinh"),
    Scene("process", "error", "/catalogue/processes/nobody", "danhmuc", status=404),
    Scene("process_version", "filled", "/catalogue/process-versions/{process_version}", "danhmuc"),
    Scene("process_version", "error", f"/catalogue/process-versions/{_NOBODY}", "danhmuc", status=404),
    Scene("process_compare", "filled", "/catalogue/process-compare/{process_twice}", "danhmuc"),
    Scene("process_compare", "error", "/catalogue/process-compare/QT-THUE", "danhmuc", status=404),
    Scene("process_adopt", "empty", "/catalogue/process-versions/{process_empty}/adopt", "danhmuc"),
    Scene("process_adopt", "filled", "/catalogue/process-versions/{process_version}/adopt", "danhmuc"),
    Scene(
        "process_adopt", "error", "/catalogue/process-versions/{process_version}/adopt", "danhmuc",
        fill={"valid_from_2": "2020"}, sends=True, status=422,
    ),
    Scene("process_move", "empty", "/catalogue/process-versions/{process_version}/move", "danhmuc"),
    Scene("process_move", "filled", "/catalogue/process-versions/{process_run}/move", "danhmuc"),
    Scene(
        "process_move", "error", "/catalogue/process-versions/{process_run}/move", "danhmuc",
        fill={"basis": ""}, sends=True, status=422,
    ),
    Scene(
        "process_impact_dossiers", "filled", "/catalogue/process-impacts/{process_moves}/dossiers?group=moves",
        "danhmuc",
    ),
    Scene("process_stop", "filled", "/catalogue/process-stop/{process_twice}", "danhmuc"),
    Scene(
        "process_stop", "error", "/catalogue/process-stop/{process_twice}", "danhmuc",
        fill={"valid_to_2": "2020"}, sends=True, status=422,
    ),
    Scene("process_draft_begin", "empty", _BEGIN, "danhmuctinh"),
    Scene("process_draft_begin", "filled", _BEGIN, "danhmuctinh", fill={"code": "QT-1", "title-vi": "Nuôi con nuôi"}),
    Scene("process_draft_begin", "error", _BEGIN, "danhmuctinh", fill={"code": "-"}, sends=True, status=422),
    Scene("process_draft", "empty", _NEW, "danhmuctinh"),
    *(
        Scene("process_draft", "filled", f"{_DRAFT}{at}", "danhmuctinh")
        for at in ("", "?at=variants.0", "?at=steps.1", "?at=steps.2", "?at=steps.3.consultations.0")
    ),
    Scene(
        "process_draft", "error", f"{_DRAFT}?at=steps.1", "danhmuctinh",
        fill={"times-0-value": "hai"}, sends=True, status=422,
    ),
    Scene("process_draft_compare", "filled", f"{_DRAFT}/compare", "danhmuctinh"),
    Scene("process_draft_compare", "error", f"/catalogue/process-drafts/{_NOBODY}/compare", "danhmuctinh", status=404),
    Scene("process_draft_history", "filled", f"{_DRAFT}/history", "danhmuctinh"),
    Scene("process_draft_history", "error", f"/catalogue/process-drafts/{_NOBODY}/history", "danhmuctinh", status=404),
    Scene("process_draft_tests", "empty", f"{_DRAFT}/tests", "danhmuctinh"),
    Scene("process_draft_tests", "filled", f"{_TESTED}/tests", "danhmuctinh"),
    Scene(
        "process_draft_tests", "error", f"{_TESTED}/tests", "danhmuctinh", fill={"dossier": ""}, sends=True, status=422,
    ),
    *(
        Scene("process_draft_test", "filled", f"{_TESTED}/tests/{at}", "danhmuctinh")
        for at in ("supplement", "supplement?row=3", "old")
    ),
    Scene(
        "process_draft_test", "error", f"{_TESTED}/tests/supplement?row=3", "danhmuctinh",
        fill={"after-value": "hai"}, sends=True, status=422,
    ),
    Scene("process_draft_put_in", "empty", f"{_DRAFT}/put-in", "danhmuctinh"),
    Scene("process_draft_put_in", "error", f"{_DRAFT}/put-in", "danhmuctinh", sends=True, status=422),
    Scene("process_draft_discard", "filled", f"{_DRAFT}/discard", "danhmuctinh"),
    Scene("process_draft_discard", "error", f"/catalogue/process-drafts/{_NOBODY}/discard", "danhmuctinh", status=404),
    Scene("process_draft_impact", "empty", f"{_NEW}/impact", "danhmuctinh"),
    Scene("process_draft_impact", "filled", f"{_DRAFT}/impact", "danhmuctinh"),
    Scene("process_draft_impact", "error", f"{_NEW}/impact", "danhmuctinh", sends=True, status=422),
    Scene("process_impact_dossiers", "empty", f"{_LINES}?group=lost:seal", "danhmuctinh"),
    Scene("process_impact_dossiers", "filled", _LINES, "danhmuctinh"),
    Scene(
        "process_impact_dossiers", "error", f"/catalogue/process-impacts/{_NOBODY}/dossiers", "danhmuctinh", status=404,
    ),
    Scene("process_draft_publish", "empty", f"{_NEW}/publish", "danhmuctinh"),
    Scene("process_draft_publish", "filled", f"{_DRAFT}/publish", "danhmuctinh"),
    Scene("process_draft_publish", "error", f"{_DRAFT}/publish", "danhmuctinh", sends=True, status=422),
)  # fmt: skip
WITHOUT_PROCESSES = {
    ("processes", "error"): "any words are a search",
    ("process", "empty"): "a process has a version or a draft",
    ("process_version", "empty"): "a version has its rows",
    ("process_compare", "empty"): "two versions say something",
    ("process_stop", "empty"): "what is stopped runs",
    ("process_draft_compare", "empty"): "its words are those of the filled one",
    ("process_draft_history", "empty"): "a draft was begun at least",
    ("process_draft_test", "empty"): "a test begins with a reception",
    ("process_draft_put_in", "filled"): "a file stands in a form only until it is sent",
    ("process_draft_discard", "empty"): "it asks for nothing",
}
