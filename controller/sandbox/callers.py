"""Who signs a call: the principal and the account behind an access key, as STS tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from moto.iam.models import get_account_id_from
from moto.sts.models import sts_backends

from controller.sandbox.partition import partition_of
from controller.sandbox.wire import Answer

DEFAULT_CALLER = "arn:aws:sts::123456789012:assumed-role/sandbox-operator/console"


@dataclass(slots=True)
class Callers:
    """Access key ids and their principals; what is not planted is asked of moto's STS.

    A role session of moto's AssumeRole belongs to the role's account. A key that nobody knows is
    ``DEFAULT_CALLER``, where moto answers ``user/moto``, which is no ARN of AWS.
    """

    planted: dict[str, str] = field(default_factory=dict)

    def arn_of(self, access_key: str, region: str) -> str:
        """The ARN that GetCallerIdentity answers and that ``registeredBy`` shows [fact 2.27]."""
        if access_key in self.planted:
            return self.planted[access_key]
        account = get_account_id_from(access_key)
        sts = sts_backends[account][partition_of(region)]
        _, arn, _ = sts.get_caller_identity(access_key, region)
        return DEFAULT_CALLER if arn.endswith(":user/moto") else str(arn)


def account_of(arn: str) -> str:
    """The account in a principal's ARN."""
    return arn.split(":")[4]


def caller_identity(arn: str) -> Answer:
    """STS GetCallerIdentity for a principal [Query protocol, STS API reference]."""
    body = (
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        f"<GetCallerIdentityResult><Arn>{escape(arn)}</Arn><UserId>AROASANDBOX:session</UserId>"
        f"<Account>{account_of(arn)}</Account></GetCallerIdentityResult>"
        "<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId>"
        "</ResponseMetadata></GetCallerIdentityResponse>"
    )
    return Answer(200, body.encode(), {"content-type": "text/xml"})
