"""The pages of the catalogue office: catalogue officers alone open them, and only the province's one announces."""

from collections.abc import Mapping

ANNOUNCERS = frozenset({"province: catalogue_officer"})
CATALOGUE = ANNOUNCERS | {"catalogue_officer"}
PROVINCE = ANNOUNCERS | {"province: technical_administrator"}
OFFICE: Mapping[str, str] = {
    "findings": "/catalogue/findings",
    "findings_file": "/catalogue/findings.xlsx",
    "findings_alike": "/catalogue/findings-alike?what=unit_blank&publisher=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m"
    "&alike={alike}",
    "decisions": "/catalogue/decisions",
    "findings_publishers": "/catalogue/publishers",
    "findings_report": "/catalogue/report",
    "announcement": "/catalogue/findings/{announced}",
    "decision_take_back": "/catalogue/decisions/{finding_decision}/take-back",
    "catalogue_procedures": "/catalogue/procedures",
    "catalogue_procedure": "/catalogue/procedures/{announced}",
    "catalogue_compare": "/catalogue/procedures/{compared}/compare",
    "localities": "/catalogue/procedures/1.004873/local",
    "localise": "/catalogue/procedures/1.004873/local/promise",
    "version_withdraw": "/catalogue/versions/{coming}/withdraw",
    "draft_begin": "/catalogue/drafts/begin",
    "draft": "/catalogue/drafts/{draft}",
    "draft_part": "/catalogue/drafts/{draft}/parts/papers",
    "draft_compare": "/catalogue/drafts/{draft}/compare",
    "draft_file": "/catalogue/drafts/{draft}/draft.json",
    "draft_put_in": "/catalogue/drafts/{draft}/put-in",
    "draft_discard": "/catalogue/drafts/{draft}/discard",
    "draft_publish": "/catalogue/drafts/{draft}/publish",
    "eforms": "/catalogue/forms",
    "eform": "/catalogue/forms/birth",
    "eform_compare": "/catalogue/forms/{form_twice}/compare",
    "eform_version_file": "/catalogue/forms/birth/1.json",
    "eform_begin": "/catalogue/form-drafts/begin",
    "eform_draft": "/catalogue/forms/{form_draft}/draft",
    "eform_draft_preview": "/catalogue/forms/{form_draft}/draft/preview",
    "eform_draft_compare": "/catalogue/forms/{form_draft}/draft/compare",
    "eform_draft_history": "/catalogue/forms/{form_draft}/draft/history",
    "eform_draft_file": "/catalogue/forms/{form_draft}/draft/draft.json",
    "eform_draft_put_in": "/catalogue/forms/{form_draft}/draft/put-in",
    "eform_draft_discard": "/catalogue/forms/{form_draft}/draft/discard",
    "eform_draft_publish": "/catalogue/forms/{form_draft}/draft/publish",
    "processes": "/catalogue/processes",
    "process": "/catalogue/processes/{process_twice}",
    "process_compare": "/catalogue/process-compare/{process_twice}",
    "process_stop": "/catalogue/process-stop/{process_twice}",
    "process_version": "/catalogue/process-versions/{process_version}",
    "process_version_file": "/catalogue/process-versions/{process_version}/version.json",
    "process_version_picture": "/catalogue/process-versions/{process_version}/version.svg",
    "process_version_bpmn": "/catalogue/process-versions/{process_version}/version.bpmn",
    "process_draft_begin": "/catalogue/process-drafts/begin",
    "process_draft": "/catalogue/process-drafts/{process_draft}",
    "process_draft_compare": "/catalogue/process-drafts/{process_draft}/compare",
    "process_draft_history": "/catalogue/process-drafts/{process_draft}/history",
    "process_draft_file": "/catalogue/process-drafts/{process_draft}/draft.json",
    "process_draft_picture": "/catalogue/process-drafts/{process_draft}/draft.svg",
    "process_draft_put_in": "/catalogue/process-drafts/{process_draft}/put-in",
    "process_draft_discard": "/catalogue/process-drafts/{process_draft}/discard",
    "process_draft_publish": "/catalogue/process-drafts/{process_draft}/publish",
    "process_draft_impact": "/catalogue/process-drafts/{process_draft}/impact",
    "process_impact_dossiers": "/catalogue/process-impacts/{process_impact}/dossiers",
    "process_draft_tests": "/catalogue/process-drafts/{process_tested}/tests",
    "process_draft_test": "/catalogue/process-drafts/{process_tested}/tests/supplement",
    "process_move": "/catalogue/process-versions/{process_run}/move",
    "process_adopt": "/catalogue/process-versions/{process_version}/adopt",
}
ANNOUNCING = frozenset(
    name
    for name in OFFICE
    if name.startswith(("draft", "eform_draft", "eform_begin", "process_draft"))
    or name in ("findings_alike", "decision_take_back", "version_withdraw", "process_impact_dossiers")
)
# A process is run by who has a desk: the province has none.
ADOPTING = frozenset({"process_adopt", "process_move", "process_stop"})
# The pages of those who watch over a desk.
WATCHING: Mapping[str, str] = {
    "board": "/board",
    "roster": "/board/roster",
    "lookups": "/lookups",
    "register": "/register",
    "register_paper": "/register.pdf",
    "register_workbook": "/register.xlsx",
}
