"""Many points against one river at once: how far each lies from its course, and on which bank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.where.geometry import BEYOND_KM, ON_THE_BANK_KM, RADIUS_KM

Array = npt.NDArray[np.float64]


def beside(points: Sequence[tuple[float, float]], course: Sequence[Sequence[float]]) -> tuple[Array, Array, Array]:
    """For each (longitude, latitude): km to the course, its bank, and the km downstream of the nearest point of it.

    The bank is 1 left of the flow, -1 right of it, 0 unknown.

    The same rule as `geometry.bank_of`, which decides between two segments at a bend point by point.
    """
    at = np.asarray(points, dtype=np.float64).reshape(-1, 1, 2)
    line = np.asarray(course, dtype=np.float64)
    km = np.radians(1.0) * RADIUS_KM
    scale = np.stack([np.cos(np.radians(at[..., 1])) * km, np.full(at.shape[:2], km)], axis=-1)
    start = (line[None, :-1] - at) * scale
    step = (line[None, 1:] - line[None, :-1]) * scale
    along = -(start * step).sum(-1) / (step * step).sum(-1)
    t = np.clip(along, 0.0, 1.0)
    away = np.hypot(*np.moveaxis(start + t[..., None] * step, -1, 0))
    cross = (step[..., 0] * -start[..., 1] - step[..., 1] * -start[..., 0]) / np.hypot(step[..., 0], step[..., 1])
    rows = np.arange(len(at))
    n = away.argmin(axis=1)
    last = line.shape[0] - 2
    tn, first = t[rows, n], cross[rows, n]
    other = np.where((tn == 1.0) & (n < last), n + 1, np.where((tn == 0.0) & (n > 0), n - 1, n))
    second = cross[rows, other]
    side = np.where(np.abs(first) >= np.abs(second), first, second)
    nearest = away[rows, n]
    end = ((n == 0) & (along[rows, 0] < 0)) | ((n == last) & (along[rows, last] > 1))
    unknown = (nearest < ON_THE_BANK_KM) | (end & (nearest > BEYOND_KM)) | (side == 0)
    length = np.hypot(*np.moveaxis(step, -1, 0))
    upstream = (np.cumsum(length, axis=1) - length)[rows, n]
    return nearest, np.where(unknown, 0.0, np.sign(side)), upstream + tn * length[rows, n]


def distances_km(points: Sequence[tuple[float, float]], goals: Sequence[tuple[float, float]]) -> Array:
    """For each point the great-circle distance in km to the nearest goal; (longitude, latitude) pairs."""
    a, b = np.radians(np.asarray(points, dtype=np.float64)), np.radians(np.asarray(goals, dtype=np.float64))
    h = (
        np.sin((a[:, None, 1] - b[None, :, 1]) / 2) ** 2
        + np.cos(a[:, None, 1]) * np.cos(b[None, :, 1]) * np.sin((a[:, None, 0] - b[None, :, 0]) / 2) ** 2
    )
    nearest: Array = (2 * RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))).min(axis=1)
    return nearest
