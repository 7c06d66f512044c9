import { randomBytes } from "node:crypto";
import { request as requestPlain } from "node:http";
import { request as requestEncrypted } from "node:https";

import type { Answer } from "../ingress/models/model";
import { acceptOf } from "./stubs";

/** An empty close frame of a client, masked with zeros. */
const CLOSE = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

/** A port of loopback; with a certificate that it must show, if it speaks TLS. */
export interface Door {
    readonly port: number;
    readonly certificate?: string;
}

function knock({ port, certificate }: Door, host: string, target: string, headers: Readonly<Record<string, string>>) {
    const options = { host: "127.0.0.1", port, path: target, headers: { Host: host, ...headers }, agent: false };
    return certificate === undefined
        ? requestPlain(options)
        : requestEncrypted({ ...options, servername: host, ca: certificate });
}

/** What comes back through a proxy for one request; the target goes out exactly as it is written. */
export function ask(door: Door, host: string, target: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const sent = knock(door, host, target, {});
        sent.on("response", (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (part: string) => (text += part));
            response.on("end", () => {
                const { location } = response.headers;
                if (location !== undefined) resolve({ redirect: location });
                else if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
                else resolve({ nobody: true });
            });
        });
        sent.on("error", reject).end();
    });
}

/** One header of what comes back. */
export function headerOf(door: Door, host: string, target: string, name: string): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
        const sent = knock(door, host, target, {});
        sent.on("response", (response) => {
            response.resume();
            resolve(response.headersDistinct[name]?.join(" and "));
        });
        sent.on("error", reject).end();
    });
}

/** The first message of a websocket, after the handshake of RFC 6455. */
export function listen(door: Door, host: string, target: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
        const key = randomBytes(16).toString("base64");
        const headers = {
            Connection: "Upgrade",
            Upgrade: "websocket",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
        };
        const sent = knock(door, host, target, headers);
        sent.on("response", ({ statusCode }) => {
            reject(new Error(`${target} is no websocket: ${statusCode ?? 0}`));
        });
        sent.on("upgrade", (response, socket, head) => {
            if (response.headers["sec-websocket-accept"] !== acceptOf(key)) reject(new Error("a wrong handshake"));
            let received = head;
            const read = () => {
                // One text frame without a mask: a byte of kind, a byte of length, the text.
                const length = received[1];
                if (length === undefined || received.length < 2 + length) return;
                resolve(JSON.parse(received.subarray(2, 2 + length).toString()));
                socket.end(CLOSE);
            };
            socket.on("data", (data: Buffer) => {
                received = Buffer.concat([received, data]);
                read();
            });
            socket.on("error", reject);
            read();
        });
        sent.on("error", reject).end();
    });
}
