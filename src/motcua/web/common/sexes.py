"""The sexes, as papers of identity name them."""

from collections.abc import Mapping

from motcua.kernel.say import Say

SEXES: Mapping[str, Say] = {"male": Say("Nam", "Male"), "female": Say("Nữ", "Female")}
