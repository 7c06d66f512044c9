"""Serves what the processes of a worker count. Keep's workers count in files, and have no address that tells them."""

import os
import signal
import sys
import time

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
# Keep makes the directory when it starts.
while not os.path.isdir(os.environ["PROMETHEUS_MULTIPROC_DIR"]):
    time.sleep(1)
registry = CollectorRegistry()
MultiProcessCollector(registry)
start_http_server(int(os.environ["METRICS_PORT"]), registry=registry)
signal.pause()
