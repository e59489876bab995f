"""The handbook's own examples, with the few lines changed that they say to change."""

from __future__ import annotations

import subprocess
from pathlib import Path

HOSTING = Path(__file__).parents[2] / "docs" / "hosting"
NAME = "localhost"


def certificate(folder):
    """Make a certificate for this test alone; return the paths of it and of its key."""
    pem, key = folder / "cert.pem", folder / "key.pem"
    if not pem.exists():
        asked = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        about = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
        kept = ["-keyout", str(key), "-out", str(pem)]
        subprocess.run([*asked.split(), *about, *kept], check=True, capture_output=True)
    return pem, key


def nginx(folder, port, *ends):
    """Return the command that runs nginx with the handbook's site."""
    pem, key = certificate(folder)
    site = changed(
        (HOSTING / "nginx.conf").read_text(),
        ("    listen 443 ssl;", f"    listen 127.0.0.1:{port} ssl;"),
        ("    listen [::]:443 ssl;", ""),
        ("maps.council.example;", f"{NAME};"),
        ("/etc/ssl/certs/systemmap.pem", str(pem)),
        ("/etc/ssl/private/systemmap.key", str(key)),
        (
            "    server 127.0.0.1:8501;",
            "".join(f"    server 127.0.0.1:{end};\n" for end in ends),
        ),
    )
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid;\n"
        f"error_log {folder}/nginx.log;\nevents {{}}\n"
        f"http {{\n{places}include {folder}/site.conf;\n}}\n"
    )
    return ["/usr/sbin/nginx", "-c", str(folder / "nginx.conf")]


def caddy(folder, port, *ends):
    """Return the command that runs Caddy with the handbook's site."""
    pem, key = certificate(folder)
    site = changed(
        (HOSTING / "Caddyfile").read_text(),
        ("maps.council.example {", f"https://{NAME}:{port} {{"),
        ("/etc/ssl/certs/systemmap.pem", str(pem)),
        ("/etc/ssl/private/systemmap.key", str(key)),
        ("127.0.0.1:8501", " ".join(f"127.0.0.1:{end}" for end in ends)),
    )
    heading = (
        "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n"
    )
    (folder / "Caddyfile").write_text(heading + site)
    return [
        *("/usr/bin/caddy", "run", "--adapter", "caddyfile"),
        *("--config", str(folder / "Caddyfile")),
    ]


def changed(text, *pairs):
    """Return an example with lines changed; each must be there."""
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text
