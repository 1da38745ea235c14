from tests.assignment.conftest import norms, office

__all__ = ["norms", "office"]
