"""Hostile text: what people (or files) might put into any field, and who watches for harm."""

import random
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

# {spy} is the address of a server that counts whoever calls it
SEEDS = [
    "<script>console.log('RAN')</script>",
    "</script><script>console.log('RAN')</script>",
    "<img src=x onerror=\"console.log('RAN')\">",
    "<img src='{spy}/img'>",
    "<svg onload=\"console.log('RAN')\"></svg>",
    "<svg><script>console.log('RAN')</script></svg>",
    "<body onload=\"console.log('RAN')\">",
    "<iframe srcdoc=\"<script>console.log('RAN')</script>\"></iframe>",
    "<iframe src='{spy}/frame'></iframe>",
    "<link rel=stylesheet href='{spy}/style.css'>",
    "<meta http-equiv=refresh content='0;url={spy}/refresh'>",
    "<base href='{spy}/'>",
    "<object data='{spy}/object'></object>",
    "<embed src='{spy}/embed'>",
    "<video src='{spy}/video' autoplay></video>",
    "<audio src='{spy}/audio' autoplay></audio>",
    "<form action='{spy}/form'><input autofocus onfocus=\"console.log('RAN')\"></form>",
    "<a href='javascript:console.log(1)'>href</a>",
    "<style>*{{background:url({spy}/css)}}</style>",
    "\"><script>console.log('RAN')</script>",
    "' onmouseover='console.log(\"RAN\")' x='",
    '" onmouseover="console.log(\'RAN\')" x="',
    "</title><script>console.log('RAN')</script>",
    "</style><script>console.log('RAN')</script>",
    "</textarea><script>console.log('RAN')</script>",
    "<!--<script>console.log('RAN')</script>-->",
    "--><script>console.log('RAN')</script><!--",
    "<details open ontoggle=\"console.log('RAN')\">",
    "<math><mi xlink:href=\"javascript:console.log('RAN')\">x</mi></math>",
    "{{{{ 7*7 }}}}{{% for x in range(9) %}}",
    "${{console.log('RAN')}}`+console.log('RAN')+`",
    "\\u003cscript\\u003econsole.log('RAN')\\u003c/script\\u003e",
    "&lt;script&gt;console.log('RAN')&lt;/script&gt;",
    "\u2028console.log('RAN')\u2029",
    "\u202egnitset\u202c <b>bold</b>",
    "__proto__",
    "constructor",
    "]]><script>console.log('RAN')</script>",
    "<img src='data:text/html,<script>console.log(1)</script>'>",
    "<input type=image src='{spy}/input' onerror=\"console.log('RAN')\">",
    "![a picture]({spy}/markdown) [see]({spy}/link) <{spy}/auto>",
    ":red[now] :material/bug_report: $5 to $10 **bold** ~~gone~~",
    "[click](javascript:console.log('RAN'))",
]
HARM = (
    "img[src='x'], img[src*='{spy}'], [onerror], [onload], [onfocus], [ontoggle], [onmouseover], "
    "iframe[srcdoc], iframe[src*='{spy}'], base, object, embed, video, audio, "
    "meta[http-equiv='refresh'], link[href*='{spy}'], form[action*='{spy}'], "
    "a[href*='{spy}'], a[href^='javascript'], input[type=image]"
)
"""What a page holds only if somebody's text became part of it.

A typed address that became a link to itself is left: Streamlit's Markdown
does that, it hides nothing, and nobody is called until somebody chooses it.
"""


def payloads(count, spy, seed=7):
    """Return `count` hostile texts: every seed, then mixtures and mutations of them."""
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    ready = [text.format(spy=spy) for text in SEEDS]
    return [
        ready[at] if at < len(ready) else _mutated(ready, chance) for at in range(count)
    ]


def _mutated(ready, chance):
    text = chance.choice(ready)
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        kind = chance.randint(0, 3)
        if kind == 0:
            text = text[:at] + chance.choice(ready) + text[at:]
        elif kind == 1:
            text = text[:at] + chance.choice("<>\"'&/`{}[]\\ \t\n=") + text[at:]
        elif kind == 2:
            text = "".join(chance.choice((c.upper(), c.lower())) for c in text)
        else:
            text = text[:at] + text[at + 1 :]
    return text[:400] or "x"


@contextmanager
def listening():
    """A server that counts whoever calls it; gives its address and its list of calls."""
    calls = []

    class Spy(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Spy)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", calls
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def harm_in(page, spy):
    """Return the elements that people's text became, shadow roots included."""
    return page.evaluate(
        """(harm) => {
            const found = [];
            const open = [document];
            for (const part of open) {
                for (const item of part.querySelectorAll(harm)) {
                    const [words, address] = [item.textContent, item.getAttribute('href') ?? '-'];
                    if (words.slice(0, 20) === address.slice(0, 20)) continue;
                    found.push(item.outerHTML.slice(0, 200));
                }
                for (const item of part.querySelectorAll('*')) if (item.shadowRoot) open.push(item.shadowRoot);
            }
            return found;
        }""",
        HARM.format(spy=spy),
    )
