"""Namespaces and names of a BPMN file, and ours in it."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:motcua:process:1"
JSONLOGIC = "https://jsonlogic.com/"
# The variable by which a gateway is told which way out or back somebody takes; what a way back is told with.
WAY = "way"
BACK = "return:"
TASKS = frozenset({"task", "userTask", "manualTask"})


def way(code: str) -> dict[str, object]:
    """The condition of a flow that somebody chooses."""
    return {"==": [{"var": WAY}, code]}
