"""Processes as BPMN 2.0: written so that other tools read and draw them, read back in a stated subset. Pure."""

from motcua.processes.bpmn.reading import read_bpmn
from motcua.processes.bpmn.writing import bpmn

__all__ = ["bpmn", "read_bpmn"]
