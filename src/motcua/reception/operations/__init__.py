"""Writes around a reception."""
