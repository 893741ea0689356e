"""What the Bot API answers when it refuses a request."""

from collections.abc import Mapping

_TITLES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict"}


class ApiError(Exception):
    """A refusal in Telegram's words: the HTTP status, the description, and parameters such as retry_after."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def to_json(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """A 400 with Telegram's prefix."""
    return _titled(400, reason)


def forbidden(reason: str) -> ApiError:
    """A 403 with Telegram's prefix."""
    return _titled(403, reason)


def conflict(reason: str) -> ApiError:
    """A 409 with Telegram's prefix."""
    return _titled(409, reason)


def too_many_requests(retry_after_s: int) -> ApiError:
    """A 429 that says when to come back."""
    description = f"Too Many Requests: retry after {retry_after_s}"
    return ApiError(429, description, {"retry_after": retry_after_s})


def _titled(code: int, reason: str) -> ApiError:
    return ApiError(code, f"{_TITLES[code]}: {reason}")
