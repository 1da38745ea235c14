"""A worker or scheduler of Celery that lives at another time: `python -m tests.deadlines.clocked MOMENT worker …`."""

import sys
from datetime import datetime

from time_machine import travel

if __name__ == "__main__":
    moment, *arguments = sys.argv[1:]
    travel(datetime.fromisoformat(moment)).start()  # from now on time passes as usual

    from celery.__main__ import main
    from django.conf import settings

    # The country of these tests has told of no year: what is told is what the tests owe, and no yearly report.
    settings.CELERY_BEAT_SCHEDULE.pop("draft-yearly-reports")
    sys.argv = ["celery", "--quiet", "-A", "qltb.celery:app", *arguments]
    main()
