"""A paper as one HTML page that needs nothing else and runs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from systemmap.drawing.styles import FONT_STACK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.reports.parts.blocks import Paper

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ paper.title }}</title>
<style>
body{font:1rem/1.5 {{ fonts }};color:{{ look.ink }};background:{{ look.paper }};max-width:{{ 72 if paper.landscape else 52 }}rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.75rem;line-height:1.2;margin:.2rem 0 .6rem}h2{font-size:1.35rem;margin:2rem 0 .4rem;color:{{ look.action }}}h3{font-size:1.1rem;margin:1.4rem 0 .3rem}
p,li{max-width:75ch}.running{font-weight:600;margin:0}.lead{font-size:1.15rem;font-weight:600}.small{font-size:.875rem;color:{{ look.quiet }};margin:.2rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .75rem;margin:.5rem 0 1rem}dt{font-weight:600}dd{margin:0}
ol{list-style:none;padding:0;counter-reset:n}ol li{counter-increment:n;padding-left:2.2rem;text-indent:-2.2rem}ol li::before{content:"(" counter(n) ")";display:inline-block;width:2.2rem;text-indent:0}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.4rem 0 1.2rem}caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border:1px solid #b9c2c6;overflow-wrap:break-word}th{background:#e8f1f2}
.n{text-align:right;font-variant-numeric:tabular-nums}td{white-space:pre-line}td.blank{height:3rem}a{color:{{ look.action }}}svg{max-width:100%;height:auto}
@media print{@page{size:A4{{ ' landscape' if paper.landscape else '' }};margin:15mm}body{margin:0;max-width:none;font-size:10pt}h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
</style>
</head>
<body>
<main>
{% if paper.running %}<p class="running">{{ paper.running }}</p>{% endif %}
<h1>{{ paper.title }}</h1>
{% if paper.facts %}<dl>{% for label, value in paper.facts %}<dt>{{ label }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>{% endif %}
{{ picture }}
{% for link in links %}<h2><a href="{{ link.file }}">{{ link.name }}</a></h2><p>{{ link.words }}</p>
{% endfor %}{% for block in paper.blocks %}{% set kind = block.__class__.__name__ %}
{% if kind == "Heading" %}<h{{ block.level + 1 }}{% if block.anchor %} id="{{ block.anchor }}"{% endif %}>{{ block.text }}</h{{ block.level + 1 }}>
{% elif kind == "Words" %}<p{% if block.kind %} class="{{ block.kind }}"{% endif %}>{{ block.text }}</p>
{% elif kind == "Items" %}<{{ "ol" if block.numbered else "ul" }}>{% for item in block.items %}<li>{{ item }}</li>{% endfor %}</{{ "ol" if block.numbered else "ul" }}>
{% elif kind == "Drawing" %}{{ drawn(block.svg) }}
{% elif kind == "ForAuthor" %}<div class="wide" role="region" tabindex="0" aria-label="For the author to write"><table><caption>For the author to write</caption><thead><tr>{% for name in block.names %}<th scope="col">{{ name }}</th>{% endfor %}</tr></thead><tbody><tr>{% for name in block.names %}<td class="blank"></td>{% endfor %}</tr></tbody></table></div>
{% else %}<div class="wide" role="region" tabindex="0" aria-label="{{ block.caption }}"><table><caption>{{ block.caption }}</caption>
<thead><tr>{% for heading in block.headings %}<th scope="col"{% if loop.index0 in block.numbers %} class="n"{% endif %}>{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in block.rows %}{% set at = loop.index0 %}<tr>{% for cell in row %}{% set look_of = block.colours.get((at, loop.index0)) %}<td dir="auto"{% if loop.index0 in block.numbers %} class="n"{% endif %}{% if look_of %} style="color:{{ look_of[0] }};background:{{ look_of[1] }};font-weight:600"{% endif %}>{% if block.links and loop.first %}<a href="#{{ block.links[at] }}">{{ cell }}</a>{% else %}{{ cell }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></div>
{% endif %}{% endfor %}
<p class="small">{{ paper.footer }}</p>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file that lies beside the page: its name, what it is called, what it holds."""

    file: str
    name: str
    words: str


def web_page(
    paper: Paper, *, picture: str = "", links: Sequence[FileLink] = ()
) -> bytes:
    """Lay a paper out as a page.

    Parameters
    ----------
    paper : Paper
        What it says.
    picture : str
        An SVG drawing of our own to stand first.
    links : sequence of FileLink
        Files beside the page, told before what the paper says.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(_PAGE)
    return page.render(
        paper=paper,
        links=links,
        look=LIGHT,
        fonts=Markup(FONT_STACK),  # noqa: S704 - our own constant
        picture=Markup(picture),  # noqa: S704 - drawn by us, text escaped there
        drawn=Markup,
    ).encode()
