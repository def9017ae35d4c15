"""A draft as YAML, with comments that say why each value was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from controller.core.draft.baseline import Spared, selectors
from controller.core.draft.draft import REGION, PolicyDraft, Wanted
from controller.core.draft.habits import Shape
from controller.core.draft.votes import Chosen
from controller.core.service.awslogs import NON_BLOCKING

_API_VERSION: Final = "ecs-logging/v1alpha1"
_WIDE: Final = 4096  # no name is folded
_BESIDE_LISTS: Final = 4


def text_of(policies: Sequence[PolicyDraft], *, at: datetime) -> str:
    """Return the drafted policies as YAML; *at* is when the fleet was seen."""
    head = f"{_head(policies)}\nSeen {at:%Y-%m-%d %H:%M} UTC."
    return _commented(head) + _written([_policy(one) for one in policies])


def baseline_text(spared: Iterable[Spared], *, start: date, days: int, with_region: bool) -> str:
    """Return the exceptions of a baseline as YAML, to follow policies; nothing for none.

    They end *days* days after *start*. *with_region*: services of one name are in several Regions.
    """
    documents = [
        _exception(one, start=start, expires=start + timedelta(days=days), with_region=with_region)
        for one in spared
    ]
    if not documents:
        return ""
    head = (
        f"The baseline of {start}: what did not follow the policy then, and is exempt until\n"
        f"{start + timedelta(days=days)}. Take out whoever does follow it; never put anybody in."
    )
    return f"---\n{_commented(head)}{_written(documents)}"


# ── policies ──────────────────────────────────────────────────────────────────────────────────────


def _head(policies: Sequence[PolicyDraft]) -> str:
    services = sum(one.services for one in policies)
    if not services:
        return "No service was found to draft a policy from: these are defaults, to be looked at."
    if len(policies) == 1:
        return f"Drafted from {_counted(services, 'service')}: what most of them do already."
    return (
        f"Drafted from {_counted(services, 'service')}: what most of each cluster do already.\n"
        "Services of clusters that are not named here are not governed."
    )


def _policy(draft: PolicyDraft) -> CommentedMap:
    spec = CommentedMap()
    spec["mode"] = "Audit"
    spec.yaml_add_eol_comment("nothing is written before this says Enforce", "mode", column=0)
    spec["match"] = CommentedSeq(
        [CommentedMap(clusters=_flow([_quoted(one) for one in draft.clusters or ("*",)]))]
    )
    spec["destinations"] = CommentedSeq([CommentedMap(awslogs=_awslogs(draft.wanted))])
    if draft.accept:
        spec["accept"] = CommentedSeq([_shape(one) for one in draft.accept])
        spec.yaml_set_comment_before_after_key(
            "accept", before="in use besides awslogs, and taken as they are", indent=2
        )
    spec["logGroup"] = _log_group(draft.wanted.retention)
    return _document("LoggingPolicy", draft.name, spec)


def _awslogs(wanted: Wanted) -> CommentedMap:
    awslogs = CommentedMap()
    _put(awslogs, "group", _quoted(wanted.group.value), _why(wanted.group))
    _put(awslogs, "streamPrefix", _quoted(wanted.stream_prefix.value), _why(wanted.stream_prefix))
    if wanted.region.value != REGION:
        _put(awslogs, "region", _quoted(wanted.region.value), _why(wanted.region))
    _put(awslogs, "mode", wanted.mode.value, _why(wanted.mode))
    if wanted.buffer.value is not None and wanted.mode.value == NON_BLOCKING:
        _put(awslogs, "maxBufferSize", wanted.buffer.value, _why(wanted.buffer))
    return awslogs


def _log_group(retention: Chosen[int | None]) -> CommentedMap:
    group = CommentedMap()
    _put(group, "create", True, "a container whose log group is missing does not start")
    if retention.value is not None:
        _put(group, "retentionInDays", retention.value, _why(retention, "log group"))
    elif retention.of:
        told = f"{retention.agreed} of {_counted(retention.of, 'log group')} keep events for ever:"
        group.yaml_set_comment_before_after_key(
            "create", before=f"{told}\nretentionInDays would end that", indent=_BESIDE_LISTS
        )
    return group


def _why(one: Chosen[Any], noun: str = "service") -> str:
    """Return in words why a value was chosen."""
    share = f"{one.agreed} of {_counted(one.of, noun)}"
    if one.elsewhere:
        return f"as most of other clusters; here {share}" if one.of else "as most of other clusters"
    if not one.of:
        return "a default: nobody here logs by awslogs"
    if 2 * one.agreed < one.of:
        return f"a default: nothing is common to most; {share}"
    return share


def _shape(shape: Shape) -> CommentedMap:
    written = CommentedMap(driver=shape.driver)
    if shape.output is not None:
        written["output"] = _quoted(shape.output)
    if shape.secret_options:
        written["secretOptions"] = _flow([_quoted(one) for one in shape.secret_options])
    written.fa.set_flow_style()
    return written


# ── exceptions ────────────────────────────────────────────────────────────────────────────────────


def _exception(spared: Spared, *, start: date, expires: date, with_region: bool) -> CommentedMap:
    match = [
        CommentedMap({key: _flow([_quoted(one) for one in names]) for key, names in each.items()})
        for each in selectors(spared.services, with_region=with_region)
    ]
    spec = CommentedMap(rules=_flow([spared.rule]))
    spec.yaml_add_eol_comment(_counted(len(spared.services), "service"), "rules", column=0)
    spec["match"] = CommentedSeq(match)
    spec["reason"] = f"baseline of {start}"
    spec["expires"] = _quoted(str(expires))
    return _document("PolicyException", f"baseline-{start}-{spared.rule}", spec)


# ── YAML ──────────────────────────────────────────────────────────────────────────────────────────


def _document(kind: str, name: str, spec: Mapping[str, Any]) -> CommentedMap:
    return CommentedMap(
        {
            "apiVersion": _API_VERSION,
            "kind": kind,
            "metadata": CommentedMap(name=_quoted(name)),
            "spec": spec,
        }
    )


def _put(into: CommentedMap, key: str, value: object, comment: str) -> None:
    into[key] = value
    into.yaml_add_eol_comment(comment, key, column=0)


def _quoted(text: str) -> DoubleQuotedScalarString:
    """Return a text in quotes: what comes from a fleet may look like anything."""
    quoted: DoubleQuotedScalarString = DoubleQuotedScalarString(text)
    return quoted


def _flow(values: Iterable[object]) -> CommentedSeq:
    several = CommentedSeq(values)
    several.fa.set_flow_style()
    return several


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _written(documents: Sequence[CommentedMap]) -> str:
    yaml = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    into = StringIO()
    yaml.dump_all(documents, into)
    return into.getvalue()
