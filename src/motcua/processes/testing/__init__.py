"""Tests of a process: who does what, after how long, and what has to come of it (ADR 0063)."""
