"""Scenes of processes: versions, who runs them, drafts of step tables."""

from tests.support.scene import Scene

_NOBODY = "00000000-0000-7000-8000-000000000000"
PROCESS_FILES = ("process_version_file", "process_version_picture", "process_version_bpmn")
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
    Scene("process_stop", "filled", "/catalogue/process-stop/{process_twice}", "danhmuc"),
    Scene(
        "process_stop", "error", "/catalogue/process-stop/{process_twice}", "danhmuc",
        fill={"valid_to_2": "2020"}, sends=True, status=422,
    ),
)  # fmt: skip
WITHOUT_PROCESSES = {
    ("processes", "error"): "any words are a search",
    ("process", "empty"): "a process has a version or a draft",
    ("process_version", "empty"): "a version has its rows",
    ("process_compare", "empty"): "two versions say something",
    ("process_stop", "empty"): "what is stopped runs",
}
