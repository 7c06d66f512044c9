"""Serves the metrics of a worker's processes, which write them to files and serve none themselves."""

import os
import signal
import socket
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
address = "::" if socket.has_dualstack_ipv6() else "0.0.0.0"
start_http_server(int(os.environ["METRICS_PORT"]), addr=address, registry=registry)
signal.pause()
