# Footnote in a container: nothing of it runs as root, and of its files only the home can be written.
# compose.yaml beside this file runs it so; docs/runbook.md says how to begin.
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/footnote
COPY constraints.txt ./
# What builds the package is pinned as all else is, so pip is not left to fetch it by itself.
RUN /opt/footnote/bin/pip install --upgrade -c constraints.txt pip hatchling
COPY pyproject.toml README.md LICENSE ./
COPY corpus ./corpus
COPY retrieval ./retrieval
COPY bot ./bot
RUN /opt/footnote/bin/pip install --no-build-isolation -c constraints.txt '.[cross-encoder]'

FROM python:${PYTHON}
# A number that is the same on every machine, so that a volume keeps its owner.
RUN groupadd --gid 10001 footnote \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/footnote --shell /usr/sbin/nologin footnote \
 && install -d -o footnote -g footnote -m 700 /var/lib/footnote
COPY --from=build /opt/footnote /opt/footnote
# The encoder is converted for the processor of the machine that runs it, at the first start, into the home.
ENV PATH=/opt/footnote/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FOOTNOTE_HOME=/var/lib/footnote \
    FOOTNOTE_LOG_FORMAT=json \
    FOOTNOTE_METRICS_LISTEN=127.0.0.1:9464
USER 10001:10001
WORKDIR /var/lib/footnote
VOLUME ["/var/lib/footnote"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=180s --retries=3 CMD ["footnote", "health"]
ENTRYPOINT ["footnote"]
CMD ["serve"]
