"""Whose the deployment is that set a service to our revision: our roll, or somebody's own."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from controller.core.service.deployment import PastDeployment


def is_our_roll(
    deployments: tuple[PastDeployment, ...], base: str, bake: timedelta, *, unproven: bool
) -> bool:
    """Tell whether the newest of *deployments*, newest first, is our roll or goes on with it.

    A deployment is our roll if it led from our revision's *base* to our revision. One that led
    there from elsewhere is somebody's own: a bare family name may lead to a revision of ours.

    One from our revision to itself chose none: it forces new tasks (`--force-new-deployment`). It
    goes on with our roll unless that had ended well, baked for *bake*; one that is *unproven* had
    not. Nobody else would see to its end what nobody but us has chosen.
    """
    for newer, past in pairwise((*deployments, None)):
        if newer is None or newer.came_from != newer.task_definition:
            return newer is not None and newer.came_from == base
        if past is None or past.task_definition != newer.task_definition:
            return False
        if not unproven and _ended_well(past, newer, bake):
            return False
    return False


def _ended_well(past: PastDeployment, newer: PastDeployment, bake: timedelta) -> bool:
    if past.status != "SUCCESSFUL":
        return False
    return past.finished_at is None or newer.created_at >= past.finished_at + bake
