"""What runs by the clock: tasks of the apps, in seconds between two runs or at hours of the day."""

from typing import Any

from celery.schedules import crontab


def beats(*, pull_people: int) -> dict[str, dict[str, Any]]:
    """The schedule of Celery beat. `pull_people`: seconds between two looks at the feed of the HR system."""
    return {
        "deliver-pending-events": {"task": "core.tasks.deliver_pending_events", "schedule": 60},
        "resume-jobs": {"task": "jobs.tasks.resume_jobs", "schedule": 30},
        "remove-expired-jobs": {"task": "jobs.tasks.remove_expired_jobs", "schedule": 24 * 3600},
        "pull-people": {"task": "personnel.tasks.pull_people", "schedule": pull_people},
        # One that waited until the next is due isn't needed any more.
        "sweep-deadlines": {
            "task": "deadlines.tasks.sweep_deadlines",
            "schedule": crontab(hour="7-17", minute="0,30"),
            "options": {"expires": 1800},
        },
        "tell-of-watches": {
            "task": "deadlines.tasks.tell_of_watches",
            "schedule": crontab(hour="7-17", minute=15),
            "options": {"expires": 3600},
        },
        "draft-yearly-reports": {
            "task": "yearend.tasks.draft_reports",
            "schedule": crontab(month_of_year="1-3", hour=0, minute=20),
        },
        # Missed moments are made up by one run: of those that pile up one is enough.
        "run-schedules": {
            "task": "analysis.tasks.run_schedules",
            "schedule": crontab(hour="7-17", minute="*/5"),
            "options": {"expires": 300},
        },
        "check-alerts": {
            "task": "analysis.tasks.check_alerts",
            "schedule": crontab(hour="7-17", minute="*/5"),
            "options": {"expires": 300},
        },
        "fold-tally": {"task": "equipment.tasks.fold_tally", "schedule": 300},
        "count-norms": {"task": "equipment.tasks.count_norms", "schedule": crontab(hour=0, minute=40)},
        "check-books": {"task": "equipment.tasks.check_books", "schedule": crontab(hour=1, minute=30)},
        "remove-orphaned-files": {"task": "core.tasks.remove_orphaned_files", "schedule": 24 * 3600},
        # Of those that pile up while no worker runs, one is enough.
        "gather-mails": {"task": "notices.tasks.gather_mails", "schedule": 60, "options": {"expires": 60}},
        "send-mails": {"task": "notices.tasks.send_mails", "schedule": 60, "options": {"expires": 60}},
        "deliver-packages": {"task": "dispatch.tasks.deliver_waiting", "schedule": 60, "options": {"expires": 60}},
        "poll-exchange-folder": {"task": "dispatch.tasks.poll_folder", "schedule": 60, "options": {"expires": 60}},
        "remove-old-notices": {"task": "notices.tasks.remove_old_notices", "schedule": 24 * 3600},
    }
