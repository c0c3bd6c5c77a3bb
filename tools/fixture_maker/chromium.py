"""Prints many HTML pages to PDF with one headless Chromium, over its DevTools pipe."""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-dev-shm-usage",
         "--remote-debugging-pipe"]


class Chromium:
    """One browser; use it in a `with` block."""

    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="fixture-maker-")
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        command = 'exec "$@" 3<&%d 4>&%d' % (to_browser, from_browser)
        self.process = subprocess.Popen(
            ["sh", "-c", command, "sh", program, *FLAGS, "--user-data-dir=" + self.profile, "about:blank"],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.count = 0
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.call("Page.enable", {}, self.session)
        self.frame = self.call("Page.getFrameTree", {}, self.session)["frameTree"]["frame"]["id"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close", {})
        except (OSError, EOFError, RuntimeError):
            self.process.kill()
        self.process.wait(timeout=20)
        os.close(self.write_end)
        os.close(self.read_end)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, params, session=None):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write_end, data):]
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def receive(self):
        while b"\0" not in self.buffer:
            chunk = os.read(self.read_end, 1 << 20)
            if not chunk:
                raise EOFError("Chromium closed its pipe")
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def print_pdf(self, html, header="", footer=""):
        """The PDF of one page of HTML; its @page rule gives paper and margins."""
        self.call("Page.setDocumentContent", {"frameId": self.frame, "html": html}, self.session)
        self.call("Runtime.evaluate", {"expression": "document.fonts.ready", "awaitPromise": True}, self.session)
        options = {"preferCSSPageSize": True, "printBackground": True, "displayHeaderFooter": bool(header or footer),
                   "headerTemplate": header or "<span></span>", "footerTemplate": footer or "<span></span>"}
        data = base64.b64decode(self.call("Page.printToPDF", options, self.session)["data"])
        return fixed_dates(data)


def fixed_dates(data):
    """The same bytes from the same page on any day: creation and modification dates are set to one value."""
    return re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:20250101000000", data)
