"""Processes: their versions, who runs them, drafts of the step table."""
