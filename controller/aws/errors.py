"""A vendor's error, translated once: told apart by what the caller should do about it.

What the SDK says about parameters repeats their values, and so may AWS's validation messages.
Values of environment variables may stand in them, so there neither text nor cause is handed on.
"""

from __future__ import annotations

import re
from typing import Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    MetadataRetrievalError,
    NoAuthTokenError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.parsers import ResponseParserError

from controller.errors import (
    AwsError,
    ConflictError,
    DeniedError,
    RetryError,
    TerminalError,
    ThrottledError,
)

# What `translate` is made for: a caller catches these and nothing else.
VENDOR_ERRORS: Final = (
    BotoCoreError,
    ClientError,
    ResponseParserError,
    OSError,  # TimeoutError and ConnectionError are among them
)

# [fact 5.4]; the others are how other services of AWS word the same.
THROTTLED: Final = frozenset(
    {
        "ThrottlingException",
        "Throttling",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded",
        "TooManyRequests",
        "TooManyRequestsException",
        "SlowDown",
    }
)
PASSING: Final = frozenset(
    {
        "ServerException",
        "InternalFailure",
        "InternalError",
        "InternalServerError",
        "InternalServerException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "RequestTimeout",
        "RequestTimeoutException",
    }
)
CONFLICT: Final = frozenset(
    {
        "OperationAbortedException",  # [fact 6.6]
        "UpdateInProgressException",
        "ConflictException",  # [fact 1.26]
    }
)
DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthFailure",
        "UnauthorizedOperation",
        "UnrecognizedClientException",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "IncompleteSignature",
        "OptInRequired",
        "RequestExpired",
    }
)
# A ClientException by its code; the wording alone tells that it passes.
TWO_AT_ONCE: Final = "Too many concurrent attempts to create a new revision"

_NO_IDENTITY: Final = (
    NoCredentialsError,
    PartialCredentialsError,
    NoAuthTokenError,
    TokenRetrievalError,
    SSOError,
)
_UNREACHABLE: Final = (
    HTTPClientError,
    BotoConnectionError,
    CredentialRetrievalError,
    MetadataRetrievalError,
    OSError,
)
_UNAVAILABLE: Final = 500
_FORBIDDEN: Final = 403
_TOO_MANY: Final = 429
_QUOTED_VALUE: Final = re.compile(r"[Vv]alue '.*' at '", re.DOTALL)


def translate(error: Exception, operation: str, *, where: str = "") -> AwsError:
    """Return the error of ours for a vendor's *error*, with its cause wherever that is safe."""
    if isinstance(error, ClientError):
        return _refusal(error, operation, where=where)
    if isinstance(error, ParamValidationError):
        message = "the AWS SDK refuses the parameters, whose values are not shown here"
        return TerminalError(operation, "ParamValidation", message, where=where)
    if isinstance(error, ResponseParserError):
        message = "the answer cannot be parsed; it may have been cut on its way"
        return RetryError(operation, "UnreadableAnswer", message, where=where)
    return _failure(error, operation, where=where)


def _failure(error: Exception, operation: str, *, where: str) -> AwsError:
    """Return the error for a call that AWS has not answered."""
    kind: type[AwsError] = TerminalError
    if isinstance(error, _NO_IDENTITY):
        kind = DeniedError
    elif isinstance(error, _UNREACHABLE):
        kind = RetryError
    message = " ".join(str(error).split()) or "no reason given"
    if isinstance(error, EndpointConnectionError):
        message += " Check the network, the name of the Region, and AWS_ENDPOINT_URL."
    failed = kind(operation, type(error).__name__, message, where=where)
    failed.__cause__ = error
    return failed


def _refusal(error: ClientError, operation: str, *, where: str) -> AwsError:
    """Return the error for a call that AWS has refused."""
    said = error.response.get("Error", {})
    code = said.get("Code", "") or "Unknown"
    message = said.get("Message", "") or "no reason given"
    shown = _QUOTED_VALUE.sub("value (not shown) at '", message)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    refused = _kind(code, message, status)(operation, code, shown, where=where)
    if shown == message:
        refused.__cause__ = error
    return refused


def _kind(code: str, message: str, status: int) -> type[AwsError]:
    if code in THROTTLED or status == _TOO_MANY or "Rate exceeded" in message:
        return ThrottledError
    if code in CONFLICT or TWO_AT_ONCE in message:
        return ConflictError
    if code in DENIED or status == _FORBIDDEN:
        return DeniedError
    if code in PASSING or status >= _UNAVAILABLE:
        return RetryError
    return TerminalError
