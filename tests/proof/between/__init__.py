"""Dossiers that go between agencies, by keyboard in Chromium."""
