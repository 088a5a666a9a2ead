# One image for every process of Baken. The first stage installs what the lock names; the second carries no tools.

FROM python:3.11-slim-bookworm AS build
WORKDIR /opt/baken
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.txt
COPY manage.py ./
COPY config config
COPY safeguards safeguards
COPY jobs jobs
COPY accounts accounts
COPY consent consent
COPY intake intake
COPY reports reports
# The static files get their hashed names here: at run time nothing is written beside the code.
RUN DJANGO_SETTINGS_MODULE=config.settings.local /opt/venv/bin/python manage.py collectstatic --no-input \
    && /opt/venv/bin/python -m compileall -q /opt/baken

FROM python:3.11-slim-bookworm
# A new named volume takes owner and mode of the folder it covers; so each of these belongs to the one user.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin baken \
    && for folder in keys data handed/intake handed/backoffice handed/monitor handed/files handed/vault handed/reports \
         secrets/own secrets/all secrets/services secrets/intake secrets/backoffice secrets/monitor secrets/files secrets/vault \
         secrets/reports; do install -d -o baken -g baken -m 0700 /baken/$folder; done \
    # These two are read by the users of other images.
    && for folder in secrets/postgres secrets/redis; do install -d -o baken -g baken -m 0755 /baken/$folder; done
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/baken /opt/baken
WORKDIR /opt/baken
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BAKEN_DATA=/baken/data BAKEN_KEYS=/baken/keys
USER baken
CMD ["gunicorn", "--config", "python:config.gunicorn"]
