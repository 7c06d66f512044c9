import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Magic number of the websocket handshake (RFC 6455, section 1.3). */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** What a server answers to a client's key. */
export function acceptOf(key: string): string {
    return createHash("sha1").update(`${key}${GUID}`).digest("base64");
}

/** Stand-ins for Keep's tiers on an address of this machine, loopback by default: each answers with its name and the path that it saw. */
export class Stubs {
    private readonly open = new Set<Socket>();

    private constructor(
        private readonly host: string,
        private readonly servers: ReadonlyMap<string, Server>,
    ) {
        for (const server of servers.values()) {
            server.on("connection", (socket) => {
                this.open.add(socket);
                socket.on("close", () => this.open.delete(socket));
            });
        }
    }

    public static async start(services: readonly string[], host = "127.0.0.1"): Promise<Stubs> {
        const stubs = new Stubs(host, new Map(services.map((service) => [service, stub(service)])));
        await Promise.all(
            [...stubs.servers.values()].map(
                (server) => new Promise<void>((resolve) => server.listen(0, host, resolve)),
            ),
        );
        return stubs;
    }

    /** Whether there is a stand-in for a Service. */
    public has(service: string): boolean {
        return this.servers.has(service);
    }

    /** Host and port of a Service's stand-in. */
    public address(service: string): string {
        const server = this.servers.get(service);
        if (server === undefined) throw new Error(`there is no stand-in for the Service ${service}`);
        return `${this.host}:${(server.address() as AddressInfo).port}`;
    }

    public stop(): void {
        for (const server of this.servers.values()) server.close();
        for (const socket of this.open) socket.destroy();
    }
}

/** Tells name and path as JSON; on a websocket as its first message, and closes when the client does. */
function stub(service: string): Server {
    const server = createServer((request, response) => {
        response.end(JSON.stringify({ service, sees: request.url }));
    });
    server.on("upgrade", (request, socket) => {
        const accept = acceptOf(request.headers["sec-websocket-key"] ?? "");
        socket.write(
            `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        const text = Buffer.from(JSON.stringify({ service, sees: request.url }));
        // One unmasked text frame, short enough for a length of one byte.
        socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
        socket.on("data", () => socket.end(Buffer.from([0x88, 0x00])));
        socket.on("error", () => socket.destroy());
    });
    return server;
}
