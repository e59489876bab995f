"""A sign-in like the council's, on this computer: a process of its own, for its own warnings."""

import sys
import threading

from oidc_provider_mock import User, run_server_in_thread


def main(port, *people):
    users = [User(sub=p, claims={"email": f"{p}@Council.Example"}) for p in people]
    with run_server_in_thread(port=port, user_claims=users):
        threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
