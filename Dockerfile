# syntax=docker/dockerfile:1
# One image for every part: the bot, the workers, and the command line. See compose.yaml.

FROM python:3.11-slim-bookworm AS build
# The index of PyTorch's CPU builds, as its installation page gives it. Empty: pip's default index, whose build
# for Linux brings CUDA and gigabytes that nothing here uses.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /source
# Before the source is copied: the largest part is fetched once, however often the source changes.
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch==2.13.0
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
RUN /venv/bin/pip install --no-cache-dir ".[postgres]"

FROM python:3.11-slim-bookworm
# A fixed number, so that a volume's files keep their owner from one image to the next.
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin dealwire \
    && install --directory --owner=dealwire /data
COPY --from=build /venv /venv
# The model's weights are in the image: nothing is fetched at run time.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DEALWIRE_DATA_DIR=/data \
    HF_HUB_OFFLINE=1
USER 10001
VOLUME /data
# SIGTERM, which stops a container, lets a worker put back what it had taken.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dealwire"]
CMD ["--help"]
