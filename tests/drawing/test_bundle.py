"""The modules of the exported page share one scope, so no name may occur twice."""

import re
from collections import Counter

from systemmap.drawing.web_files import MAP_MODULES, web_text

_NAMES = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE
)


def test_no_two_modules_of_the_exported_page_use_one_name():
    names = Counter(
        name
        for module in (*MAP_MODULES, "page")
        for name in _NAMES.findall(web_text(f"{module}.js"))
    )
    assert len(names) > 30
    assert [name for name, count in names.items() if count > 1] == []
