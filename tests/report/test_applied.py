from __future__ import annotations

from dataclasses import replace

from controller.core.applied import Ending, applied
from controller.core.move import CreateLogGroup, MarkFailed, Move, Return, Roll
from controller.core.reason import Health, Reason, Sync
from controller.report.applied import render
from tests.report.reports import PAGE, drifted, log_group, outcome, report, service

WEB, API, DB = service("web"), service("api"), service("db")
ROLL = Roll(WEB, "arn:aws:ecs:…:task-definition/web:8")


def told(move: Move) -> str:
    """Return the name of a move."""
    return type(move).__name__


def test_a_target_with_nothing_left_to_write_is_done() -> None:
    (one,) = applied(report(outcome(WEB)), {WEB.arn: [ROLL]}, None)

    assert one.ending is Ending.DONE


def test_a_target_that_was_returned_has_failed() -> None:
    moves: list[Move] = [ROLL, MarkFailed(WEB, "…", "key", "value"), Return(WEB, "…")]

    (one,) = applied(report(drifted(WEB)), {WEB.arn: moves}, None)

    assert one.ending is Ending.FAILED


def test_a_target_that_is_not_well_has_failed() -> None:
    seen = report(replace(drifted(WEB), health=Health.DEGRADED))

    (one,) = applied(seen, {}, None)

    assert one.ending is Ending.FAILED


def test_a_target_with_something_left_to_write_was_refused() -> None:
    (one,) = applied(report(drifted(WEB)), {}, [WEB.arn])

    assert one.ending is Ending.REFUSED


def test_a_planned_target_that_is_no_longer_there_is_gone() -> None:
    (one,) = applied(report(), {}, [WEB.arn])

    assert one.ending is Ending.GONE


def test_what_was_not_planned_is_not_listed() -> None:
    results = applied(report(drifted(WEB), drifted(API)), {}, [WEB.arn])

    assert [one.arn for one in results] == [WEB.arn]


def test_what_could_not_be_seen_has_not_failed_by_being_applied() -> None:
    unseen = replace(outcome(WEB, Sync.UNKNOWN, health=Health.DEGRADED), observed=False)

    assert applied(report(unseen), {}, None) == ()


def test_what_went_wrong_is_told_first() -> None:
    group = log_group()
    seen = report(
        outcome(DB),
        outcome(WEB),
        outcome(group),
        drifted(API, reason=Reason("PlanOutdated", "it is another", "Make a new plan.")),
    )
    moves: dict[str, list[Move]] = {WEB.arn: [ROLL], group.arn: [CreateLogGroup(group, {})]}

    text = render(seen, applied(seen, moves, [DB.arn, WEB.arn, API.arn]), told, PAGE)

    assert text.startswith(
        """\
Of 4 targets: 3 done (1 of them before) and 1 not changed.

prod/api  Refused
  PlanOutdated
  it is another
  Make a new plan.

prod/web  Done
  Roll

/ecs/web  Done
  CreateLogGroup

1 of 3 services is not as the policy says.
"""
    )


def test_where_nothing_was_to_be_done_it_is_said() -> None:
    seen = report(outcome())

    assert render(seen, (), told, PAGE).startswith("There was nothing to change.\n")


def test_where_all_was_held_it_is_said_by_what() -> None:
    held = Reason("HeldAfterFailure", "it failed before", "See to it.")
    declined = Reason("NotPlanned", "the plan file does not name this target", "")
    seen = report(drifted(WEB, reason=held), drifted(API, reason=declined), outcome(DB))

    first = render(seen, (), told, PAGE).splitlines()[0]

    assert first == "Nothing was changed. What holds: 1 HeldAfterFailure and 1 NotPlanned."
