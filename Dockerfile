# Production: one image for web, worker and beat; docker-compose.yml says which is which.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# What WeasyPrint needs; without the last library a page takes seconds.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 tten \
    && useradd --system --uid 10001 --gid tten --home-dir /app --shell /usr/sbin/nologin tten

WORKDIR /app
COPY requirements.txt requirements-ops.txt ./
RUN pip install -r requirements.txt -r requirements-ops.txt
COPY . .

# Static files are hashed and compressed into the image; the values below are used by this one line only.
RUN SECRET_KEY=build DATABASE_URL=postgres:///unused REDIS_URL=redis://unused python manage.py collectstatic --no-input -v0 \
    && install -d -o tten -g tten -m 0750 /app/var/media \
    && install -d -o tten -g tten -m 0700 /app/var/seals /app/var/logs

USER 10001:10001
VOLUME /app/var/media /app/var/seals /app/var/logs
# the second port gives figures alone; the access log is the portal's own, without addresses
ENV METRICS_PORT=9100
EXPOSE 8000 9100
CMD ["gunicorn", "tten.wsgi", "-c", "python:tten.serving", "--bind", "0.0.0.0:8000", "--bind", "0.0.0.0:9100"]
