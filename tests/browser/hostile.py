"""Hostile text: what people (or files) might put into any field of a map."""

import random

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
]


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
