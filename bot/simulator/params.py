"""The parameters of a Bot API request, however they were encoded, read with Telegram's types."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tornado.httputil import HTTPServerRequest

from bot.simulator.errors import bad_request
from bot.simulator.parties import Json

_TRUE = {"true", "yes", "1"}
_FALSE = {"false", "no", "0", ""}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content: bytes
    media_type: str


def read_params(request: HTTPServerRequest) -> dict[str, object]:
    """Query, form, multipart or JSON parameters, as they came; a file stands where it was attached.

    Raises:
        ApiError: The body is no JSON object, or a value is not UTF-8.
    """
    given: dict[str, object] = {name: _decode(values[-1]) for name, values in request.arguments.items()}
    uploads = {
        name: Upload(found[-1]["filename"], found[-1]["body"], found[-1]["content_type"])
        for name, found in request.files.items()
    }
    named = {name: str(value).removeprefix("attach://") for name, value in given.items()}
    attached = {name: uploads.pop(part) for name, part in named.items() if part in uploads}
    given |= attached | uploads
    if request.headers.get("Content-Type", "").startswith("application/json"):
        given |= _decode_json(request.body)
    return given


def _decode(value: bytes) -> object:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _decode_json(body: bytes) -> Json:
    try:
        decoded = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("can't parse JSON object")
    return decoded


class Params:
    """One request's parameters. Each reader answers its default when the parameter is absent."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given

    def text(self, name: str, default: str = "") -> str:
        """A string parameter."""
        value = self._given.get(name, default)
        if not isinstance(value, str):
            raise bad_request(f'field "{name}" must be of type String')
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return value

    def upload(self, name: str) -> Upload | None:
        """A file sent along; None when there is none by that name."""
        value = self._given.get(name)
        return value if isinstance(value, Upload) else None

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number, written as a number or as its digits."""
        value = self._given.get(name, default)
        try:
            if isinstance(value, (int, str)) and not isinstance(value, bool):
                return int(value)
        except ValueError:
            pass
        raise bad_request(f'field "{name}" must be of type Number')

    def chat_id(self) -> int:
        """The chat a call is about; names are not simulated, so one written as a name is not found."""
        value = str(self._given.get("chat_id", ""))
        if not value:
            raise bad_request("chat_id is empty")
        if not value.removeprefix("-").isdecimal():
            raise bad_request("chat not found")
        return int(value)

    def flag(self, name: str) -> bool:
        """A Boolean, written as one or as a word for one."""
        value = self._given.get(name, False)
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word not in _TRUE | _FALSE:
            raise bad_request(f'field "{name}" must be of type Boolean')
        return word in _TRUE

    def structure(self, name: str) -> object:
        """A JSON-serialised parameter, decoded; None when absent or empty."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        return decoded

    def mapping(self, name: str) -> Mapping[str, object]:
        """A JSON object; empty when absent."""
        decoded = self.structure(name)
        if decoded is None:
            return {}
        if not isinstance(decoded, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return decoded

    def array(self, name: str) -> list[object] | None:
        """A JSON array; None when absent."""
        decoded = self.structure(name)
        if decoded is not None and not isinstance(decoded, list):
            raise bad_request(f"expected an Array as {name.replace('_', ' ')}")
        return decoded
