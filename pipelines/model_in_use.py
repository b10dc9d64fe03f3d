"""Which coefficients risk is scored with in a home folder: the published ones, or learned ones that won."""

from __future__ import annotations

from models import learned
from models.risk import Coefficients
from pipelines.console import complain
from pipelines.settings import Settings


def learned_coefficients(settings: Settings, *, is_told: bool = False) -> Coefficients | None:
    """None = the evidence model as it is published.

    A model file that cannot be used stops nothing: the evidence model stands in, and, with ``is_told``, says so.
    """
    try:
        model = learned.active_model(settings.models_path)
    except learned.UnusableModel as error:
        if is_told:
            complain(str(error))
        return None
    return None if model is None else model.coefficients
