"""The files of the office's own pair of keys. What is private in them is read here and never kept here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.errors import Trouble
from kiosk.store import files, keyfiles, passphrase, sealing
from kiosk.store.key_folder import KeyFolder
from kiosk.store.keyfiles import Spoiled
from kiosk.store.sealing import Closed, PrivateKey
from kiosk.store.tries import Tries

PUBLIC, PROTECTED, OPEN = "office.pub", "office.json", "office.open"
_OFFICE = b"office "


class OfficeKeys:
    """The office's pair as it lies in a folder. Methods that write do so while the folder is held, and raise
    OSError."""

    def __init__(self, folder: KeyFolder) -> None:
        self._folder = folder
        self.public_file = folder.path / PUBLIC
        self.protected_file = folder.path / PROTECTED
        self.open_file = folder.path / OPEN

    @property
    def protected(self) -> bool:
        """Whether the office has set its passphrase."""
        if self.open_file.exists():
            return False
        return self.closed or self._public_says("away", "protected")

    @property
    def closed(self) -> bool:
        """Whether there is a private key that is closed with a passphrase, also while one is being set."""
        return self.protected_file.exists()

    @property
    def away(self) -> bool:
        """Whether the private key is at the office, and only the public one here."""
        return self._public_says("away")

    def _public_says(self, *words: str) -> bool:
        with suppress(Spoiled, OSError):
            table = keyfiles.read(self.public_file)
            return table is not None and any(table.get(word) is True for word in words)
        return False

    def protected_public(self) -> bytes | None:
        """The public key beside the closed private one; None, and noted where it is damaged, without one."""
        return self._public_in(self.protected_file)

    def public(self) -> bytes | None:
        """The public key of its own file; None, and noted where it is damaged, without one."""
        return self._public_in(self.public_file)

    def _public_in(self, path: Path) -> bytes | None:
        try:
            table = keyfiles.read(path)
            public = None if table is None else keyfiles.data_of(table["public"])
            if public is not None and not sealing.is_public(public):
                raise Spoiled
        except (Spoiled, KeyError, TypeError, ValueError, OSError):
            self._folder.note("trouble.keys_damaged", path.name)
            return None
        return public

    def unprotected(self) -> PrivateKey | None:
        """The private key that lies open; None where there is none that can be read. Raises OSError.

        There is one beside a closed one where a set-up was cut off.
        """
        with suppress(Spoiled, Closed):
            table = keyfiles.read(self.open_file)
            if table is None:
                return None
            try:
                return sealing.key_from(keyfiles.data_of(table["secret"]))
            except (KeyError, TypeError, ValueError):
                raise Spoiled from None
        return None

    def opened(self, words: str, tries: Tries) -> PrivateKey:
        """The private key by its passphrase, which is counted among the tries. Raises Trouble."""
        try:
            table = keyfiles.read(self.protected_file)
            public = keyfiles.data_of(table["public"]) if table else b""
            with tries.counted() as wait:
                try:
                    opened = passphrase.open_with(
                        words, table["passphrase"] if table else {}, _OFFICE + public
                    )
                except Closed:
                    raise Trouble("trouble.passphrase_wrong", wait=wait) from None
            private = sealing.key_from(opened)
            if private.public != public:
                raise Spoiled
        except (Spoiled, Closed, KeyError, TypeError, ValueError, OSError) as error:
            self._folder.note("trouble.keys_damaged", PROTECTED)
            raise Trouble("trouble.keys_damaged", log=f"{PROTECTED}: {type(error).__name__}") from None
        return private

    def to_close_to(self) -> bytes:
        """The key to close a new day's to; made where there is none. Raises Trouble too."""
        protected = self.protected_public()
        if protected is not None:
            return protected
        if self.protected:  # Also where the closed private key was lost: the paper opens the office.
            public = self.public()
            if public is None:
                # In the words for residents: `faults` tells staff which file it is.
                raise Trouble("trouble.store_failed", log="neither public key can be read")
            return public
        kept = self.unprotected()
        if kept is not None:
            if not self.public_file.exists():  # Whoever made it died before it was written.
                self._write_public(kept.public)
            return kept.public
        if self.open_file.exists() or self.public_file.exists():
            self._folder.note("trouble.keys_damaged", OPEN, self._folder.aside(self.open_file))
        private = sealing.new_key()
        keyfiles.write(self.open_file, {"version": 1, "secret": keyfiles.text_of(private.secret)})
        self._write_public(private.public)
        return private.public

    def marks(self, public: bytes) -> set[str]:
        """Of public keys whose private ones can be had again: while a set-up was cut off, there are two."""
        former = self.unprotected()
        return {sealing.mark_of(key) for key in {public, former.public if former else public}}

    def protect(self, private: PrivateKey, words: str) -> None:
        """Keep the private key closed with a passphrase."""
        closed = passphrase.close(words, private.secret, _OFFICE + private.public)
        table = {"version": 1, "public": keyfiles.text_of(private.public), "passphrase": closed}
        keyfiles.write(self.protected_file, table)

    def settle(self, public: bytes) -> None:
        """Let go of the unprotected key: from now on only the closed one counts."""
        self._write_public(public, protected=True)
        keyfiles.shred(self.open_file)
        files.sync_folder(self._folder.path)

    def keep_public(self, public: bytes) -> None:
        """Only close from now on, to the office with this key."""
        self._write_public(public, away=True)

    def _write_public(self, public: bytes, **says: bool) -> None:
        keyfiles.write(self.public_file, {"version": 1, "public": keyfiles.text_of(public), **says})
