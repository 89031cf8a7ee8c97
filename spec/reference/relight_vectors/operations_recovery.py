from .values import Json
from collections.abc import Callable
OPERATIONS: dict[str, Callable[[Json], Json]] = {}
