"""Errors of the vendor, told apart by what to do about them."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    DataNotFoundError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    UnauthorizedSSOTokenError,
)
from botocore.parsers import ResponseParserError

from controller.aws.errors import translate
from controller.errors import (
    AwsError,
    ConflictError,
    DeniedError,
    RetryError,
    TerminalError,
    ThrottledError,
)


def refused(code: str, message: str = "no", status: int = 400) -> ClientError:
    """Return an error as the SDK makes it of an answer."""
    answer = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "UpdateService")  # type: ignore[arg-type] # as much as is read of it


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refused("ThrottlingException"), ThrottledError),
        (refused("TooManyRequestsException"), ThrottledError),
        (refused("RequestLimitExceeded", status=503), ThrottledError),
        (refused("ClientException", "Rate exceeded"), ThrottledError),
        (refused("Whatever", status=429), ThrottledError),
        (refused("ServerException", status=500), RetryError),
        (refused("ServiceUnavailableException"), RetryError),
        (refused("503", status=503), RetryError),
        (refused("AccessDeniedException"), DeniedError),
        (refused("AccessDenied", status=403), DeniedError),
        (refused("UnrecognizedClientException"), DeniedError),
        (refused("ExpiredTokenException"), DeniedError),
        (refused("InvalidClientTokenId"), DeniedError),
        (refused("Whatever", status=403), DeniedError),
        (refused("OperationAbortedException"), ConflictError),
        (refused("UpdateInProgressException"), ConflictError),
        (refused("ConflictException"), ConflictError),
        (
            refused(
                "ClientException",
                "Too many concurrent attempts to create a new revision of the specified family.",
            ),
            ConflictError,
        ),
        (refused("ClientException", "TaskDefinition is inactive"), TerminalError),
        (refused("InvalidParameterException"), TerminalError),
        (refused("ServiceNotActiveException"), TerminalError),
        (refused("SomethingOfTomorrow"), TerminalError),
        (EndpointConnectionError(endpoint_url="https://ecs"), RetryError),
        (ConnectTimeoutError(endpoint_url="https://ecs"), RetryError),
        (TimeoutError(), RetryError),
        (ConnectionResetError("reset"), RetryError),
        (CredentialRetrievalError(provider="container", error_msg="busy"), RetryError),
        (NoCredentialsError(), DeniedError),
        (UnauthorizedSSOTokenError(), DeniedError),
        (DataNotFoundError(data_path="ecs"), TerminalError),
    ],
    ids=str,
)
def test_an_error_is_of_the_kind_that_says_what_to_do(
    error: Exception, kind: type[AwsError]
) -> None:
    translated = translate(error, "UpdateService", where="service/prod/web")

    assert type(translated) is kind
    assert translated.__cause__ is error
    assert translated.operation == "UpdateService"
    assert translated.where == "service/prod/web"


def test_the_message_says_what_and_where() -> None:
    error = refused("ClientException", "TaskDefinition is inactive")

    translated = translate(error, "UpdateService", where="service/prod/web")

    assert str(translated) == (
        "UpdateService: ClientException: TaskDefinition is inactive (service/prod/web)"
    )
    assert translated.code == "ClientException"


@pytest.mark.parametrize(
    "error",
    [
        ParamValidationError(report="Invalid type for parameter value, value: hunter2"),
        refused(
            "InvalidParameterException",
            "1 validation error detected: Value 'hunter2' at 'environment.1.member.value' failed",
        ),
        ResponseParserError("Unable to parse response, invalid XML received: hunter2"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_values_in_requests_and_answers_are_not_repeated(error: Exception) -> None:
    translated = translate(error, "RegisterTaskDefinition")

    assert "hunter2" not in str(translated)
    assert translated.__cause__ is None
    assert translated.__context__ is None
