// The websocket of live updates, used as in keep-ui/utils/hooks/usePusher.ts and pusher-js.
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure, request } from "./http.mjs";

const TIMEOUT = 15_000;

/** A connection with a subscription to the user's alerts. */
export class LiveUpdates {
    #socket;
    #seen = [];

    constructor(socket) {
        this.#socket = socket;
        socket.addEventListener("message", ({ data }) => this.#seen.push(JSON.parse(String(data))));
    }

    /** Connects and subscribes. Throws a Failure that names the component with the error. */
    static async connect({ backend, websocket }, { headers, pusherKey, tenant = "keep" }, { logs, restart, routes }) {
        if (pusherKey === undefined) {
            throw new Failure("the user interface gives browsers no key for live updates", {
                part: "frontend",
                next: logs("frontend"),
            });
        }
        const url = `${websocket}/${pusherKey}?protocol=7&client=keep-verify&version=1`;
        const status = await upgradeStatus(url);
        if (status !== 101) {
            throw new Failure(
                `${websocket} answers ${status} instead of opening a websocket: the request reaches another service`,
                { next: routes },
            );
        }
        const live = new LiveUpdates(new WebSocket(url));
        const first = await live.#next(["pusher:connection_established", "pusher:error"]);
        if (first?.event !== "pusher:connection_established") {
            live.close();
            const why =
                first === undefined ? "does not answer" : `rejects the key that browsers get (${messageOf(first)})`;
            throw new Failure(`the websocket server ${why}: user interface and websocket server have different keys`, {
                next: restart("websocket", "frontend"),
            });
        }
        const { socket_id: id } = JSON.parse(first.data);
        const channel = `private-${tenant}`;
        // As in pusher-js, because Keep cannot parse the form if its type has a charset.
        const granted = await request(`${backend}/pusher/auth`, {
            method: "POST",
            headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({ socket_id: id, channel_name: channel }).toString(),
        });
        if (granted.status !== 200) {
            live.close();
            throw new Failure(`${backend}/pusher/auth answers ${granted.status}`, {
                part: "backend",
                next: logs("backend"),
            });
        }
        live.#send("pusher:subscribe", { channel, ...(await granted.json()) });
        const answer = await live.#next([
            "pusher_internal:subscription_succeeded",
            "pusher:subscription_error",
            "pusher:error",
        ]);
        if (answer?.event !== "pusher_internal:subscription_succeeded") {
            live.close();
            throw new Failure("the websocket server rejects the backend's signature: the two have different secrets", {
                next: restart("websocket", "backend"),
            });
        }
        return live;
    }

    /** Whether an alert is announced before a timeout in seconds. */
    async announced(seconds) {
        return (await this.#next(["poll-alerts"], seconds * 1000)) !== undefined;
    }

    close() {
        this.#socket.close();
    }

    #send(event, data) {
        this.#socket.send(JSON.stringify({ event, data }));
    }

    async #next(wanted, timeout = TIMEOUT) {
        const end = Date.now() + timeout;
        do {
            const message = this.#seen.find(({ event }) => wanted.includes(event));
            if (message !== undefined) {
                return message;
            }
            await sleep(100);
        } while (Date.now() < end);
        return undefined;
    }
}

/** HTTP status of a websocket's handshake, which WebSocket does not expose. */
async function upgradeStatus(url) {
    const { protocol, host, pathname, search } = new URL(url);
    const send = protocol === "wss:" ? httpsRequest : httpRequest;
    const headers = {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": Buffer.from(crypto.randomUUID().slice(0, 16)).toString("base64"),
    };
    return await new Promise((resolve, reject) => {
        const asked = send(`${protocol === "wss:" ? "https" : "http"}://${host}${pathname}${search}`, {
            headers,
            timeout: TIMEOUT,
        });
        asked.on("upgrade", (response, socket) => {
            socket.destroy();
            resolve(response.statusCode);
        });
        asked.on("response", (response) => {
            response.destroy();
            resolve(response.statusCode);
        });
        asked.on("timeout", () => asked.destroy(new Error("no answer to the websocket's handshake")));
        asked.on("error", reject);
        asked.end();
    });
}

function messageOf({ data }) {
    return (typeof data === "string" ? JSON.parse(data) : data)?.message ?? "no reason given";
}
