"""A parameter of Systems Manager, as the kill switch is kept in one."""

from __future__ import annotations

from controller.aws.api import Api
from controller.core.state.kill_switch import LARGEST, Parameter
from controller.errors import TerminalError


async def said_by_parameter(place: Parameter, ssm: Api) -> str | None:
    """Return the beginning of what the parameter holds, None where there is none.

    A SecureString stays as it is: decrypting it would take a key, and the switch is no secret.
    Raises an AwsError.
    """
    try:
        answer = await ssm.call("GetParameter", {"Name": place.name}, where=str(place))
    except TerminalError as error:
        if error.code == "ParameterNotFound":
            return None
        raise
    return answer.part("Parameter").text("Value")[:LARGEST]
