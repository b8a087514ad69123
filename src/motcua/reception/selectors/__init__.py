"""Reads around a reception."""
