"""A working day of one person: how they look at their lists."""
