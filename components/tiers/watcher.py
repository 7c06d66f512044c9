"""Runs Keep's watcher, which ends dismissals and maintenance windows once a minute, in a process of its own."""

import asyncio
import os
import signal
import sys

import keep.api.logging
from keep.api.tasks.process_watcher_task import async_process_watcher


async def answer(reader, writer):
    """Answers a probe: the event loop, which waits for the next run, is alive."""
    await reader.readline()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    await writer.drain()
    writer.close()


async def main():
    # Without an address, asyncio listens on IPv4 and IPv6. "::" would only be IPv6, which the kubelet does not use in all clusters.
    async with await asyncio.start_server(answer, None, int(os.environ["WATCHER_PORT"])):
        # Only exits with an error, such as a lost database connection. Kubernetes then restarts the container.
        await async_process_watcher()


# The first process of a container ignores this signal by default, until the pod's grace period ends.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
keep.api.logging.setup_logging()
asyncio.run(main())
