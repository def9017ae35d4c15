"""The verb `demo`: the controller at work on an embedded, simulated AWS."""

from __future__ import annotations

import click


@click.command("demo", help="Watch the controller mend a simulated AWS; needs no account.")
@click.option("--serve", is_flag=True, help="Keep the simulated AWS and the controller running.")
@click.pass_context
def command(context: click.Context, *, serve: bool) -> None:
    """Show the main job from end to end, or keep everything running."""
    try:
        from controller.cli.demo.story import tell_story  # noqa: PLC0415  # moto takes a while
    except ImportError as error:
        msg = f"the demo needs the extra `sandbox`: {error}"
        raise click.UsageError(msg) from error
    if serve:
        from controller.cli.demo.serve import serve_demo  # noqa: PLC0415  # moto takes a while

        context.exit(serve_demo())
    tell_story()
