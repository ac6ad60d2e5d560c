# One image, three commands: the site (default), the worker and beat. See docker-compose.yml.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/registry \
    DJANGO_SETTINGS_MODULE=config.settings.prod

RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin registry \
    && install -d -o registry -g registry /var/lib/registry

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
# The catalogues belong to the image. Compiling them needs no secret, and a build must never hold one.
RUN DJANGO_SETTINGS_MODULE=config.settings.dev VAR_DIR=/tmp/build python -m config.devstack.prepare compile_catalogues \
    && chmod -R a+rX /app

USER registry
VOLUME /var/lib/registry
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--timeout", "60"]
