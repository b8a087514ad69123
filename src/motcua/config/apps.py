"""The composition root of the process: hands the wiring to the kernel."""

from django.apps import AppConfig

from motcua.kernel.registry import install


class MotcuaConfig(AppConfig):
    name = "motcua.config"
    label = "motcua_config"

    def ready(self) -> None:
        """Put the wiring in force once all models are loaded."""
        from motcua.config.wiring import WIRING  # noqa: PLC0415 - models exist only now

        install(WIRING)
