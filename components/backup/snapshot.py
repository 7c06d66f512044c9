"""Takes a snapshot of the database's disk, waits until it can be used, and deletes the oldest ones beyond a number."""

import json
import os
import re
import ssl
import sys
import time
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.request import Request, urlopen

CLAIM, COUNT = os.environ["CLAIM"], int(os.environ["COUNT"])
SELECTOR = json.loads(os.environ["LABELS"])
# The Job's own deadline deletes the pod with its log. The rest of the time is for starting the pod.
DEADLINE = time.monotonic() + 0.9 * int(os.environ["TIMEOUT_SECONDS"])
ACCOUNT = os.environ.get("ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")


def server():
    """The address of the API server, as Kubernetes' own client finds it (client-go, rest/config.go, InClusterConfig).

    A name would depend on the options of the pod's resolver.
    """
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


SNAPSHOTS = f"{os.environ.get('API') or server()}/apis/snapshot.storage.k8s.io/v1/namespaces/{os.environ['NAMESPACE']}/volumesnapshots"


def call(method, url, body=None):
    # The token is rotated while the script waits.
    with open(f"{ACCOUNT}/token", encoding="utf-8") as token:
        headers = {"Authorization": f"Bearer {token.read()}", "Content-Type": "application/json"}
    context = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt") if url.startswith("https:") else None
    if context is not None:
        # The authorities of some clusters have no key usage, which Python 3.13 rejects (canonical/microk8s#5537).
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, headers, method=method)
    for patience in range(59, -1, -1):
        try:
            with urlopen(request, context=context) as answer:
                return json.load(answer)
        except OSError as error:
            # Connections of a new pod can fail until its network policies are applied, and a scheduled Job is not repeated
            # (https://kubernetes.io/docs/concepts/services-networking/network-policies/#pod-lifecycle).
            is_final = isinstance(error, HTTPError) and error.code != 429 and error.code < 500
            if is_final or patience == 0:
                raise
            time.sleep(1)


def take():
    name = f"{CLAIM}-{datetime.now(timezone.utc):%Y%m%d%H%M%S}"
    spec = {"source": {"persistentVolumeClaimName": CLAIM}}
    if os.environ.get("CLASS"):
        spec["volumeSnapshotClassName"] = os.environ["CLASS"]
    metadata = {"name": name, "labels": SELECTOR}
    kind = {"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot"}
    try:
        call("POST", SNAPSHOTS, {**kind, "metadata": metadata, "spec": spec})
    except HTTPError as error:
        # An earlier request has created it, and its answer was lost.
        if error.code != 409:
            raise
    return name


def wait(name):
    """The snapshot controller repeats a call that has failed, so that an error may pass (velero-io/velero#6627)."""
    message = None
    while True:
        status = call("GET", f"{SNAPSHOTS}/{name}").get("status") or {}
        if status.get("readyToUse"):
            return
        if status.get("error"):
            message = status["error"].get("message")
        if time.monotonic() > DEADLINE:
            sys.exit(f"Snapshot {name} failed: {message}" if message else f"Snapshot {name} was not ready in time")
        time.sleep(float(os.environ["POLL_SECONDS"]))


def prune():
    selector = ",".join(f"{name}%3D{value.replace('/', '%2F')}" for name, value in SELECTOR.items())
    items = call("GET", f"{SNAPSHOTS}?labelSelector={selector}")["items"]
    # Ignores failed snapshots, and those with other names or of other claims.
    usable = [
        item
        for item in items
        if (item.get("status") or {}).get("readyToUse") and re.fullmatch(rf"{re.escape(CLAIM)}-\d{{14}}", item["metadata"]["name"])
    ]
    newest_first = sorted(usable, key=lambda item: item["metadata"]["creationTimestamp"], reverse=True)
    for item in newest_first[COUNT:]:
        call("DELETE", f"{SNAPSHOTS}/{item['metadata']['name']}")
        print("deleted", item["metadata"]["name"])


snapshot = take()
wait(snapshot)
print("took", snapshot)
prune()
