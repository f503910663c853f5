"""Language models on servers: settings, the client, retries, the cache of replies, what calls cost."""
