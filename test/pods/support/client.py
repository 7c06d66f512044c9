"""Talks to Keep from a pod: each command reads one JSON object on standard input and prints one JSON value a line."""

import asyncio
import json
import sys
import time

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=60)


def told(value):
    print(json.dumps(value), flush=True)


async def request(wanted):
    """One request: {method, url, headers, body}, within {seconds}. Prints {status, body}; a status of 0 is a connection that failed."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=wanted["seconds"])) as session:
        try:
            async with session.request(
                wanted["method"], wanted["url"], headers=wanted["headers"], data=wanted.get("body"), allow_redirects=False
            ) as answer:
                told({"status": answer.status, "body": await answer.text()})
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            told({"status": 0, "body": repr(error)})


async def connect(session, wanted):
    """Opens {socket}, for half a minute if need be: a policy lets a new pod in when the server's node has noticed that pod."""
    for _ in range(30):
        try:
            return await session.ws_connect(wanted["socket"], headers=wanted["headers"])
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(1)
    return await session.ws_connect(wanted["socket"], headers=wanted["headers"])


async def listen(wanted):
    """Subscribes to {channel} at {socket}, by a grant of {auth}, and prints each event's name."""
    async with aiohttp.ClientSession() as session, await connect(session, wanted) as socket:
        async for message in socket:
            event = json.loads(message.data)
            told(event["event"])
            if event["event"] == "pusher:connection_established":
                form = {"socket_id": json.loads(event["data"])["socket_id"], "channel_name": wanted["channel"]}
                async with session.post(wanted["auth"], headers=wanted["headers"], data=form) as answer:
                    grant = await answer.json()
                data = {"channel": wanted["channel"], **grant}
                await socket.send_json({"event": "pusher:subscribe", "data": data})


async def load(wanted):
    """
    Posts alerts to {url}, {rate} a second, with fingerprints from {prefix}, each on a connection of its own: {count} of them, or until standard input ends. Prints
    every answer as [number, second, status, duration in seconds].
    """
    began = time.monotonic()
    pending = set()
    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    connector = aiohttp.TCPConnector(force_close=True, limit=0)

    async def post(session, number):
        sent = time.monotonic()
        alert = {
            "id": str(number),
            "name": f"load {number}",
            "fingerprint": f"{wanted['prefix']}-{number}",
            "status": "firing",
            "severity": "warning",
            "lastReceived": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
            "source": ["load"],
        }
        try:
            async with session.post(wanted["url"], headers=wanted["headers"], json=alert) as answer:
                await answer.read()
                status = answer.status
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            status = 0
        told([number, round(sent - began, 3), status, round(time.monotonic() - sent, 3)])

    async with aiohttp.ClientSession(timeout=TIMEOUT, connector=connector) as session:
        number = 0
        while number < wanted["count"] if "count" in wanted else not ended.done():
            task = asyncio.create_task(post(session, number))
            pending.add(task)
            task.add_done_callback(pending.discard)
            number += 1
            await asyncio.sleep(max(0, began + number / wanted["rate"] - time.monotonic()))
        await asyncio.gather(*pending)


asyncio.run({"request": request, "listen": listen, "load": load}[sys.argv[1]](json.loads(sys.stdin.readline())))
