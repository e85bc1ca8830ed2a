"""A small client of the YAML language server, as an editor is one (LSP 3.17 over stdio)."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVER = ROOT / ".venv/editor/node_modules/yaml-language-server/bin/yaml-language-server"
NODE = ROOT / ".venv/bin/node"
_SECONDS = 30


class LanguageServer:
    """A running server that knows the schemas an editor's settings name."""

    def __init__(self, schemas: Mapping[str, list[str]]) -> None:
        assert SERVER.is_file(), "run `make .venv/.editor`"
        self._settings = {
            "yaml": {
                "schemas": dict(schemas),
                "schemaStore": {"enable": False},
                "validate": True,
                "hover": True,
                "completion": True,
                "yamlVersion": "1.2",
            }
        }
        self._process = subprocess.Popen(
            [str(NODE), str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._answers: dict[int, Any] = {}
        self._told: queue.Queue[tuple[str, list[dict[str, Any]]]] = queue.Queue()
        self._changed = threading.Condition()
        self._configured = threading.Event()
        self._opened: set[Path] = set()
        self._count = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.ask("initialize", processId=None, rootUri=ROOT.as_uri(), capabilities={
            "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
            "workspace": {"configuration": True, "didChangeConfiguration": {}},
        })  # fmt: skip
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": self._settings})
        assert self._configured.wait(_SECONDS), "the server never asked for its settings"

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown")
        self._send("exit", None)
        self._process.wait(_SECONDS)
        self._reader.join(_SECONDS)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()

    def problems(self, path: Path, text: str) -> list[dict[str, Any]]:
        """What the editor would underline in `text`, opened as the file `path`."""
        self._open(path, text)
        uri = path.as_uri()
        while True:
            reported_uri, problems = self._told.get(timeout=_SECONDS)
            if reported_uri == uri:
                return problems

    def completions(self, path: Path, text: str) -> dict[str, dict[str, Any]]:
        """What the editor would offer where `|` stands in `text`, by what it shows."""
        before, after = text.split("|")
        self._open(path, before + after)
        line, character = before.count("\n"), len(before.rpartition("\n")[2])
        answer = self.ask(
            "textDocument/completion",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": character},
        )
        return {item["label"]: item for item in answer["items"]}

    def hover(self, path: Path, text: str, word: str) -> str:
        """What the editor would show when the pointer rests on `word`."""
        self._open(path, text)
        before = text.partition(word)[0]
        answer = self.ask(
            "textDocument/hover",
            textDocument={"uri": path.as_uri()},
            position={
                "line": before.count("\n"),
                "character": len(before.rpartition("\n")[2]) + 1,
            },
        )
        return str(answer["contents"]["value"]) if answer else ""

    def ask(self, method: str, **parameters: Any) -> Any:
        """The answer to a request."""
        self._count += 1
        number = self._count
        self._send(method, parameters or None, number)
        with self._changed:
            came = self._changed.wait_for(lambda: number in self._answers, _SECONDS)
            assert came, f"no answer to {method}"
            return self._answers.pop(number)

    def _open(self, path: Path, text: str) -> None:
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        # Of a file opened twice the server may tell what it held before, so each is opened once.
        assert path not in self._opened, f"{path} was opened before: give it another name"
        self._opened.add(path)
        self._send("textDocument/didOpen", {"textDocument": document})

    def _send(self, method: str, parameters: Any, number: int | None = None) -> None:
        self._write(
            {"jsonrpc": "2.0", "method": method, "params": parameters}
            | ({"id": number} if number is not None else {})
        )

    def _write(self, message: dict[str, Any]) -> None:
        content = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        stream = self._process.stdout
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._receive(json.loads(stream.read(length)))

    def _receive(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            report = message["params"]
            self._told.put((report["uri"], report["diagnostics"]))
        elif message.get("method") == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            self._write({
                "jsonrpc": "2.0", "id": message["id"],
                "result": [self._settings.get(section, {}) for section in sections],
            })  # fmt: skip
            self._configured.set()
        elif "method" in message:
            if "id" in message:
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})
        else:
            with self._changed:
                self._answers[message["id"]] = message.get("result")
                self._changed.notify_all()
