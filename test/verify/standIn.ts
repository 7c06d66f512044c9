// Stands in for a whole Keep at one address, over real HTTP and websockets, with faults of choice. It differs from Keep in that it has one
// process, one user and one alert, checks no signature but that of the channel, and shows of each page only what the verification reads;
// test/real/verify.test.ts runs the same checks against Keep's own API and Soketi.
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

import type { Certificate } from "../support/certificate";

/** What can be wrong with the installation. */
export type Fault =
    | "closed websocket"
    | "dead worker"
    | "metrics open"
    | "no event"
    | "no redirect"
    | "undeletable alert"
    | "wrong prefix"
    | "wrong pusher key"
    | "wrong pusher secret"
    | "frontend without API";

const KEY = "kstandin";
const PASSWORD = "the-password";
const TENANT_OF_KEY = "team";
const COOKIE = "authjs.session-token";

/** A running stand-in. */
export class StandInKeep {
    private readonly alerts: { readonly fingerprint: string }[] = [];
    private readonly sockets = new Set<Socket>();
    private readonly server: Server;

    /** @param hasProxy whether a proxy in front of it sends requests without an API key to a sign-in */
    constructor(
        private readonly fault: Fault | undefined,
        tls?: Certificate,
        private readonly hasProxy = false,
    ) {
        const answer = (request: IncomingMessage, response: ServerResponse) => {
            void this.answer(request, response);
        };
        this.server =
            tls === undefined ? createServer(answer) : createTlsServer({ cert: tls.certificate, key: tls.key }, answer);
        this.server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
            this.upgrade(request, socket);
        });
    }

    async start(): Promise<number> {
        await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening));
        return (this.server.address() as AddressInfo).port;
    }

    async stop(): Promise<void> {
        this.sockets.forEach((socket) => socket.destroy());
        this.server.closeAllConnections();
        await new Promise((closed) => this.server.close(closed));
    }

    /** Alerts that it holds. */
    get stored(): number {
        return this.alerts.length;
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "GET", url = "/", headers } = request;
        const send = (status: number, body: unknown, more: Readonly<Record<string, string>> = {}) => {
            const text = typeof body === "string" ? body : JSON.stringify(body);
            response.writeHead(status, {
                "content-type": typeof body === "string" ? "text/html" : "application/json",
                ...more,
            });
            response.end(text);
        };
        const body = await text(request);
        if (this.hasProxy && headers["x-api-key"] === undefined) {
            send(302, "", { location: "https://sso.example.com/oauth2/start" });
            return;
        }
        const isSignedIn = (headers.cookie ?? "").includes(`${COOKIE}=yes`) && this.fault !== "frontend without API";
        const prefix = this.fault === "wrong prefix" ? "/api/v2" : "/v2";
        if (url.startsWith(`${prefix}/`)) {
            this.answerApi(method, url.slice(prefix.length), headers, body, send);
            return;
        }
        switch (url) {
            case "/api/healthcheck":
                send(200, { status: "ok" });
                break;
            case "/api/auth/csrf":
                send(200, { csrfToken: "token" });
                break;
            case "/api/auth/callback/credentials": {
                const isRight = new URLSearchParams(body).get("password") === PASSWORD;
                send(302, "", isRight ? { "set-cookie": `${COOKIE}=yes; Path=/` } : {});
                break;
            }
            case "/api/auth/session":
                send(200, isSignedIn ? { accessToken: "token", tenantId: "keep" } : null);
                break;
            case "/alerts/feed":
                send(
                    200,
                    `<script>push("{\\"PUSHER_APP_KEY\\":\\"${this.fault === "wrong pusher key" ? "kother" : KEY}\\"}")</script>`,
                );
                break;
            default:
                send(200, "<title>Keep: sign in</title>");
        }
    }

    private answerApi(
        method: string,
        path: string,
        headers: IncomingMessage["headers"],
        body: string,
        send: (status: number, body: unknown) => void,
    ): void {
        const tenant = headers["x-api-key"] === undefined ? "keep" : TENANT_OF_KEY;
        if (path === "/healthcheck") {
            send(200, {});
        } else if (path.startsWith("/metrics")) {
            send(this.fault === "metrics open" ? 200 : 401, "metrics");
        } else if (path === "/signin") {
            send((JSON.parse(body) as { password: string }).password === PASSWORD ? 200 : 401, {
                accessToken: "token",
            });
        } else if (headers.authorization !== "Bearer token" && headers["x-api-key"] !== "the-api-key") {
            send(401, { detail: "Invalid credentials" });
        } else if (path === "/whoami") {
            send(200, { tenant_id: tenant });
        } else if (path === "/pusher/auth") {
            const form = new URLSearchParams(body);
            send(form.get("channel_name") === `private-${tenant}` ? 200 : 403, {
                auth: `${KEY}:${signature(form.get("socket_id"), form.get("channel_name"), this.fault === "wrong pusher secret" ? "other" : KEY)}`,
            });
        } else if (path === "/alerts/event") {
            if (this.fault !== "dead worker") {
                this.alerts.push(JSON.parse(body) as { fingerprint: string });
            }
            if (this.fault !== "no event") {
                this.sockets.forEach((socket) => {
                    sendFrame(socket, { event: "poll-alerts", channel: "private-keep", data: "{}" });
                });
            }
            send(202, { task_name: "1" });
        } else if (path === "/alerts/query") {
            send(200, { results: this.alerts });
        } else if (path === "/alerts" && method === "DELETE") {
            if (this.fault !== "undeletable alert") {
                this.alerts.length = 0;
            }
            send(this.fault === "undeletable alert" ? 403 : 200, { status: "ok" });
        } else {
            send(404, { detail: "Not Found" });
        }
    }

    private upgrade({ url = "", headers }: IncomingMessage, socket: Socket): void {
        const [, key] = /^\/websocket\/app\/(\w+)/.exec(url) ?? [];
        if (key === undefined || this.fault === "closed websocket") {
            socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        const accept = createHash("sha1")
            .update(`${headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
            .digest("base64");
        socket.write(
            `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        this.sockets.add(socket);
        socket.on("error", () => socket.destroy()).on("close", () => this.sockets.delete(socket));
        if (key !== KEY) {
            sendFrame(socket, {
                event: "pusher:error",
                data: JSON.stringify({ code: 4001, message: "App key kother does not exist." }),
            });
            return;
        }
        sendFrame(socket, { event: "pusher:connection_established", data: JSON.stringify({ socket_id: "1.1" }) });
        socket.on("data", (data) => {
            const frame = readFrame(data);
            if (frame === undefined) {
                socket.end();
                return;
            }
            const { data: subscription } = JSON.parse(frame) as { data: { auth: string; channel: string } };
            const isSigned = subscription.auth === `${KEY}:${signature("1.1", subscription.channel, KEY)}`;
            sendFrame(socket, {
                event: isSigned ? "pusher_internal:subscription_succeeded" : "pusher:subscription_error",
                data: "{}",
            });
        });
    }
}

/** A server that answers plain requests as an ingress does, 308 with a redirect to https; other paths than "/" with a status of their own. */
export async function startPlain(status: number, below = status) {
    const server = createServer(({ url = "" }, response) => {
        const answer = url === "/" ? status : below;
        response.writeHead(answer, answer === 308 ? { location: `https://localhost${url}` } : {}).end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const stop = () => {
        server.closeAllConnections();
        server.close();
    };
    return { port: (server.address() as AddressInfo).port, stop };
}

async function text(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString();
}

function signature(socket: string | null, channel: string | null, secret: string): string {
    return createHmac("sha256", secret)
        .update(`${socket ?? ""}:${channel ?? ""}`)
        .digest("hex");
}

/** Sends one message of less than 64 KiB (https://www.rfc-editor.org/rfc/rfc6455#section-5.2). */
function sendFrame(socket: Socket, message: object): void {
    const payload = Buffer.from(JSON.stringify(message));
    const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
    socket.write(Buffer.concat([Buffer.from([0x81, ...length]), payload]));
}

/** Text of a client's frame; undefined for one that closes the connection. */
function readFrame(data: Buffer): string | undefined {
    if ((data.readUInt8(0) & 15) === 8) {
        return undefined;
    }
    const short = data.readUInt8(1) & 127;
    const start = short === 126 ? 4 : 2;
    const length = short === 126 ? data.readUInt16BE(2) : short;
    const mask = data.subarray(start, start + 4);
    const masked = data.subarray(start + 4, start + 4 + length);
    return Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString();
}
