"""What the command line refuses: one sentence in each language, exit status 2, no traceback."""

from motcua.kernel.errors import Refusal


class CliError(Refusal):
    """An expected condition of the machine: a port in use, a folder not writable, no installation."""
