# Usher with its page and API. What it keeps lies in /data.
FROM python:3.12-slim

RUN useradd --create-home usher && mkdir /data && chown usher /data
WORKDIR /usher
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY kg kg
COPY tools tools
COPY prompts prompts
COPY agent agent
COPY bench bench
COPY usher usher
RUN pip install --no-cache-dir --constraint constraints.txt '.[server,mcp,postgres]'

USER usher
WORKDIR /home/usher
ENV USHER_HOME=/data
VOLUME /data
EXPOSE 8321
ENTRYPOINT ["usher"]
CMD ["--help"]
