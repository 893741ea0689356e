"""Files that people send: kept until the simulator ends, and given to the bot as Telegram gives them."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from telegram.constants import FileSizeLimit

from bot.simulator.attachments import Document, Photo
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.params import Params
from bot.simulator.parties import Json

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the server holds it.

    Attributes:
        path: Under which it is downloaded; made up by the server, whatever the file is called.
    """

    file_id: str
    unique_id: str
    path: str
    content: bytes

    def to_json(self) -> Json:
        """A Bot API File."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


@dataclass(slots=True)
class FileShelf:
    """Every file that was sent."""

    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _documents: dict[str, Document] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def document(self, name: str, content: bytes, media_type: str) -> Document:
        """Keep a file as somebody sends it; Telegram leaves out what a sender does not say."""
        suffix = PurePath(name).suffix
        stored = self._keep("documents", suffix if _SUFFIX.fullmatch(suffix) else "", content)
        document = Document(stored.file_id, stored.unique_id, name, media_type, len(content))
        self._documents[stored.file_id] = document
        return document

    def content(self, file_id: str) -> tuple[Document, bytes] | None:
        """A document and what is in it."""
        found = self._documents.get(file_id)
        return (found, self._by_id[file_id].content) if found else None

    def photo(self) -> Photo:
        """Keep a picture; what it shows is nobody's concern here."""
        stored = self._keep("photos", ".jpg", b"\xff\xd8\xff\xd9")
        return Photo(stored.file_id, stored.unique_id)

    def sent_document(self, params: Params) -> Document:
        """The file of a sendDocument: uploaded, or one that is here, by its file_id.

        Raises:
            ApiError: In Telegram's words.
        """
        upload = params.upload("document")
        if upload is None:
            file_id = params.text("document")
            if not file_id:
                raise bad_request("there is no document in the request")
            if file_id not in self._documents:
                raise bad_request("wrong file identifier/HTTP URL specified")
            return self._documents[file_id]
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > FileSizeLimit.FILESIZE_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        return self.document(upload.name, upload.content, upload.media_type)

    def get_file(self, params: Params) -> Json:
        """A Bot API File, ready to be downloaded.

        Raises:
            ApiError: Nobody sent such a file, or it is larger than bots may download.
        """
        file_id = params.text("file_id")
        if not file_id:
            raise bad_request("file_id not specified")
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        stored = self._by_id[file_id]
        if len(stored.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise bad_request("file is too big")
        return stored.to_json()

    def at(self, path: str) -> bytes | None:
        """The content of the file that is downloaded under this path."""
        found = (each.content for each in self._by_id.values() if each.path == path)
        return next(found, None)

    def _keep(self, folder: str, suffix: str, content: bytes) -> StoredFile:
        number = next(self._numbers)
        stored = StoredFile(
            f"BQACAgIAAxkBAAI{number:08d}-simulated",
            f"AgAD{number:08d}",
            f"{folder}/file_{number}{suffix}",
            content,
        )
        self._by_id[stored.file_id] = stored
        return stored
