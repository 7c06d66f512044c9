import assert from "node:assert/strict";
import { createConnection } from "node:net";

import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import { deploy, type Deployed } from "../support/harness";
import { environment, secretValue, startContainer } from "./container";
import { startPostgresOf } from "./postgres";
import { answers, type Running } from "./process";
import { need, pathOf } from "./programs";
import { runSetup } from "./setupJob";

const API = "http://keep-backend:8080";
const WEBHOOK_KEY = "masked-webhook-key";

describe("Keep's real processes, as the rendered pods say", function () {
    // Each step needs the one before.
    this.bail(true);
    const running: Running[] = [];
    let release: Deployed<Keep>;
    let token = "";

    before(async function () {
        need(this, "python", "postgres", "redis", "soketi");
        release = await deploy(() => new Keep("keep", loadConfig()), {
            config: {
                "keep:publicUrl": "http://keep.localhost",
                "keep:ingress": '{"kind":"nginx"}',
                "keep:database": '{"kind":"postgres"}',
                "keep:redis": '{"kind":"bundled"}',
                "keep:secretStore": '{"kind":"database"}',
                "keep:apiKeys": `webhook:webhook:${WEBHOOK_KEY}`,
            },
            secretKeys: ["keep:apiKeys"],
        });
        running.push(await startPostgresOf(release));

        const redis = startContainer(release, deployedPod("keep-redis"), { "valkey-server": pathOf("redis") });
        running.push(redis);
        await redis.until(() => connects(6379), 30);
    });

    afterEach(function () {
        if (this.currentTest?.state === "failed") {
            running.slice(-2).forEach(({ output }) => {
                console.log(output.slice(-6000));
            });
        }
    });

    after(async () => {
        for (const it of running.reverse()) {
            await it.stop();
        }
    });

    it("setup migrates, makes the first user and ends", async () => {
        await runSetup(release);
    });

    it("setup can run again", async () => {
        await runSetup(release);
    });

    it("the websocket server is ready", async () => {
        const soketi = startContainer(release, deployedPod("keep-websocket"), {
            "": `node ${pathOf("soketi")} start`,
        });
        running.push(soketi);
        await soketi.until(() => answers("http://keep-websocket:6001/ready"), 60);
    });

    it("the API is healthy", async () => {
        const api = startContainer(release, deployedPod("keep-backend"));
        running.push(api);
        await api.until(() => answers(`${API}/healthcheck`), 300);
    });

    it("a worker is healthy", async () => {
        const worker = startContainer(release, deployedPod("keep-worker"));
        running.push(worker);
        await worker.until(() => answers("http://127.0.0.1:8001/"), 300);
    });

    it("the first user signs in", async () => {
        const body = JSON.stringify({
            username: "keep",
            password: secretValue(release, "keep.setup", "first-user-password"),
        });
        const answer = await fetch(`${API}/signin`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body,
        });
        assert.equal(answer.status, 200);
        token = ((await answer.json()) as { accessToken: string }).accessToken;
    });

    it("an alert posted to the API comes out on the websocket, and is stored", async () => {
        const app = environment(release, first(deployedPod("keep-backend")));
        const socket = new WebSocketText(
            `ws://keep-websocket:6001/app/${app.PUSHER_APP_KEY ?? ""}?protocol=7&client=test&version=1`,
        );
        const { socket_id: id } = JSON.parse((await socket.next("pusher:connection_established")) as string) as {
            socket_id: string;
        };
        const grant = await fetch(`${API}/pusher/auth`, {
            method: "POST",
            // As browsers' pusher-js sends it; with a charset added, Keep fails to read it (extract_generic_body).
            headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({ socket_id: id, channel_name: "private-keep" }).toString(),
        });
        assert.equal(grant.status, 200, await grant.clone().text());
        socket.send({
            event: "pusher:subscribe",
            data: { channel: "private-keep", ...((await grant.json()) as object) },
        });
        await socket.next("pusher_internal:subscription_succeeded");

        const alert = {
            id: "1",
            name: "disk full",
            status: "firing",
            severity: "critical",
            lastReceived: new Date().toISOString(),
            source: ["test"],
        };
        const posted = await fetch(`${API}/alerts/event`, {
            method: "POST",
            headers: { "content-type": "application/json", "x-api-key": WEBHOOK_KEY },
            body: JSON.stringify(alert),
        });
        assert.equal(posted.status, 202);

        await socket.next("poll-alerts");
        const alerts = await fetch(`${API}/alerts`, { headers: { authorization: `Bearer ${token}` } });
        assert.deepEqual(
            ((await alerts.json()) as { name: string }[]).map(({ name }) => name),
            ["disk full"],
        );
        socket.close();
    });

    it("processes stop within the time that their pods give them", async () => {
        const times = await Promise.all(running.slice(-2).map((it) => it.stop()));
        const graces = ["keep-backend", "keep-worker"].map((name) => deployedPod(name).terminationGracePeriodSeconds);
        times.forEach((seconds, index) => {
            assert.ok(seconds < (graces[index] ?? 0), `took ${seconds} s of ${String(graces[index])}`);
        });
    });

    function deployedPod(name: string) {
        return (
            release.all("Deployment").find(({ physicalName }) => physicalName === name)?.inputs.spec.template.spec ??
            fail(name)
        );
    }
});

function first<T>({ containers: [container] }: { containers: T[] }): T {
    return container ?? fail("container");
}

function fail(what: string): never {
    throw new Error(`no ${what} in this release`);
}

function connects(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = createConnection(port, "127.0.0.1");
        socket.once("connect", () => {
            socket.end();
            resolve(true);
        });
        socket.once("error", () => {
            resolve(false);
        });
    });
}

/** A websocket whose messages are waited for by their event's name. */
class WebSocketText {
    private readonly socket: WebSocket;
    private readonly seen: { readonly event: string; readonly data: unknown }[] = [];
    private wake: () => void = () => undefined;

    constructor(url: string) {
        this.socket = new WebSocket(url);
        this.socket.addEventListener("message", ({ data }) => {
            this.seen.push(JSON.parse(String(data)) as { event: string; data: unknown });
            this.wake();
        });
    }

    public async next(event: string): Promise<unknown> {
        for (;;) {
            const found = this.seen.find((message) => message.event === event);
            if (found !== undefined) {
                return found.data;
            }
            await new Promise<void>((resolve) => {
                this.wake = resolve;
            });
        }
    }

    public send(message: object): void {
        this.socket.send(JSON.stringify(message));
    }

    public close(): void {
        this.socket.close();
    }
}
