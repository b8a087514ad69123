"""One page in one state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """One page in one state. `path` may name dossiers by situation ("{ready}" is a code, "{t_ready}" a token);
    `fill` is typed into the form that has these fields, and sent when `sends`; `status` is the last answer's."""

    page: str
    state: str
    path: str
    login: str | None = None
    fill: Typed = field(default_factory=dict)
    sends: bool = False
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.page.replace(':', '-')}-{self.state}"
