"""Ask the web server in this container whether it is alive; exit code 1 when it isn't."""  # noqa: INP001 - a script

import http.client
import os
import sys


def main() -> int:
    """Ask under a name that the application answers to, for it refuses others."""
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip(" *.") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
