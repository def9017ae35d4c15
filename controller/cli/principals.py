"""Principals of AWS as people write them: the ARN of a role, as IAM shows it, or of a user."""

from __future__ import annotations

import re

import click

from controller.core.service.revision import as_registered


def principals(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Return each principal once, as revisions name it; one text may hold several."""
    written = [arn for text in given for arn in re.findall(r"[^,\s]+", text)]
    return tuple(dict.fromkeys(_principal(arn) for arn in written))


def _principal(arn: str) -> str:
    found = as_registered(arn)
    if found is None:
        msg = f"{arn!r} is no ARN of a principal: write arn:aws:iam::123456789012:role/name"
        raise click.BadParameter(msg)
    return found
