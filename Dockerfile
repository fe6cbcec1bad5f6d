# One image for web, worker, beat and the one-shot migration; docker-compose.yml says which it is.
FROM python:3.11-slim AS packages
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=tracker.settings \
    DATA_DIR=/data \
    STATIC_ROOT=/app/collected
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin tracker \
    && install -d -o tracker -g tracker /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# The secret is for this one command, which signs nothing; the running containers get theirs from outside.
RUN python -m tracker.local.catalogues . \
    && SECRET_KEY=only-for-collecting-static-files python manage.py collectstatic --no-input --verbosity 0
USER tracker
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "tracker.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
