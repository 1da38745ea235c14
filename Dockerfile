# The application image: web, worker, beat and the one-shot preparation run from it (docker-compose.yml).
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM python:${PYTHON}
# Pango and fonts with the metrics of Times New Roman, for PDF.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /nonexistent --shell /usr/sbin/nologin qltb \
    && install -d -o qltb -g qltb -m 0700 /var/lib/qltb /var/lib/qltb/documents /var/lib/qltb/beat
COPY --from=packages /venv /venv
WORKDIR /app
COPY . /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=qltb.settings \
    QLTB_VAR=/var/lib/qltb \
    STATIC_ROOT=/srv/static \
    XDG_CACHE_HOME=/tmp/cache \
    BIND=0.0.0.0 \
    PORT=8000
# The key only lets the settings load; no container runs with it, for PRODUCTION refuses a default key.
RUN python -m compileall -q /app && SECRET_KEY=changeme python -m qltb.prepare static
USER qltb
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "-c", "qltb/gunicorn_conf.py", "qltb.wsgi"]
