"""A worker or scheduler of Celery that lives at another time: `python -m tests.deadlines.clocked MOMENT worker …`."""

import sys
from datetime import datetime

from time_machine import travel

if __name__ == "__main__":
    moment, *arguments = sys.argv[1:]
    travel(datetime.fromisoformat(moment)).start()  # from now on time passes as usual

    from celery.__main__ import main

    sys.argv = ["celery", "--quiet", "-A", "qltb.celery:app", *arguments]
    main()
