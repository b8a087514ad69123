"""The public pages of procedures in their states."""

from tests.support.scene import Scene

PORTAL = (
    Scene("procedures", "empty", "/procedures?q=zzzz"),
    Scene("procedures", "filled", "/procedures?q=khai"),
    Scene("procedures", "filled", "/procedures?event=birth&audience=citizen"),
    Scene("procedure", "empty", "/procedures/1.013225"),
    Scene("procedure", "filled", "/procedures/2.000815?text=1"),
    Scene("procedure", "filled", "/procedures/1.004194"),
    Scene("procedure", "error", "/procedures/9.999999", status=404),
)
