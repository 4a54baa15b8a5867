"""Nothing on the reading path talks to anybody."""
import os
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from infer.results import read_results
from tests.conftest import ROOT

BLOCKED = """
import os, sys
def refuse(event, args):
    if event.startswith("socket.") and event != "socket.__new__":
        # processes of one machine talk through files of the system
        if args and getattr(args[0], "family", None) == 1:
            return
        with open(os.environ["HEARD"], "a") as file:
            file.write(f"{event} {args}\\n")
        raise OSError("network is blocked")
sys.addaudithook(refuse)
"""
CHAT = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/entity">
<!ENTITY % y SYSTEM "http://127.0.0.1:{port}/parameter"> %y;]><html><head><link rel="stylesheet"
href="http://127.0.0.1:{port}/style"><script src="http://127.0.0.1:{port}/script"></script><base
href="http://127.0.0.1:{port}/"></head><body><img src="http://127.0.0.1:{port}/image"><iframe
src="http://127.0.0.1:{port}/frame"></iframe><p>柳溪镇2022年政府信息公开工作年度报告</p>
<p>2022年，我镇主动公开政府信息310条。&x;</p></body></html>"""
WORD = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/docx">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>柳溪镇2022年政府信息公开工作年度报告，主动公开政府信息310条。&x;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.slow
def test_reading_opens_no_connection(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    heard = tmp_path / "heard"
    environment = {**os.environ, "HEARD": str(heard), "PYTHONPATH": f"{tmp_path / 'site'}{os.pathsep}{ROOT}"}
    caught = subprocess.run([sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
                            env=environment, capture_output=True, check=False)
    assert b"network is blocked" in caught.stderr
    assert heard.exists()
    heard.unlink()
    command = [sys.executable, "-c", "from infer.cli import main; main()", "extract", str(ROOT / "examples"), "-o",
               str(tmp_path / "out.jsonl"), "-j", "2"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert len(list(read_results(tmp_path / "out.jsonl"))) == 15
    assert not heard.exists(), heard.read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_documents_ask_for_is_not_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        write_calling(tmp_path, server.server_port)
        command = [sys.executable, "-c", "from infer.cli import main; main()", "extract", str(tmp_path), "-o",
                   str(tmp_path / "out.jsonl"), "--rules-only"]
        subprocess.run(command, check=False, capture_output=True)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    assert "310条" in next(read_results(tmp_path / "out.jsonl")).source.text


def write_calling(folder: Path, port: int) -> None:
    """A page and a Word document full of addresses that a careless reader would follow."""
    (folder / "a.html").write_text(CHAT.format(port=port), encoding="utf-8")
    with zipfile.ZipFile(folder / "b.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
                         'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                         'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
                         'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                         'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
                         '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/_rels/document.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/'
                         'package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/'
                         'officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:'
                         f'{port}/template" TargetMode="External"/></Relationships>')
        archive.writestr("word/document.xml", WORD.format(port=port))
