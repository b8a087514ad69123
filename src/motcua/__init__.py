"""Một Cửa: an electronic one-stop shop for administrative procedures."""
