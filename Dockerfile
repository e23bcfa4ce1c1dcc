# Three stages: build the pages, install the Python packages, and copy only what is needed to run.

FROM node:20-bookworm-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-fund --no-audit
COPY frontend ./
COPY app/locales /src/app/locales
RUN npm run build

FROM python:3.11-slim-bookworm AS wheel
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN pip install --no-cache-dir --require-hashes --prefix=/install -r requirements.lock \
    && pip install --no-cache-dir --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md CHANGELOG.md LICENSE alembic.ini ./
COPY tools/hatch_build.py tools/hatch_build.py
COPY alembic alembic
COPY app app
COPY --from=pages /src/app/web app/web
RUN pip install --no-cache-dir --no-deps --no-build-isolation --prefix=/install .

FROM python:3.11-slim-bookworm
# `make image` sets them, from pyproject.toml and Git.
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Trivselstavlen" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.description="A live workshop tool for well-being at work: phones, a wall and a desk." \
      org.opencontainers.image.licenses="MIT"
COPY --from=wheel /install /usr/local
# The only writable folder; a volume mounted here takes over its owner and mode.
RUN install -d -o 10001 -g 10001 -m 0700 /data
USER 10001
VOLUME /data
ENV TRIVSEL_DATA=/data TRIVSEL_HOST=0.0.0.0 TRIVSEL_PORT=8000 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "app", "serve"]
