import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createProxy, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

import { createCertificate } from "../support/certificate";

const HOST = "github.com";

/**
 * Serves the bare repositories of a folder at https://github.com, for programs with its environment: an HTTPS proxy connects them
 * with this process, and with all other hosts themselves. A server with a port of its own would not do: Pulumi takes the address
 * `localhost:8443/owner/name` for a folder (`IsLocalPluginPath`).
 */
export class GitHost {
    private constructor(
        /** What a program needs in its environment to reach the server. */
        public readonly env: Readonly<Record<string, string>>,
        private readonly servers: readonly Server[],
    ) {}

    /** Starts one, with its certificate in `folder`. */
    public static async start(repositories: string, folder: string): Promise<GitHost> {
        const { certificate, key } = createCertificate([HOST]);
        const server = createServer({ cert: certificate, key }, (request, response) => {
            answer(repositories, request, response);
        });
        const port = await listen(server);
        const proxy = createProxy();
        proxy.on("connect", ({ url = "" }, client) => {
            const target = new URL(`https://${url}`);
            const upstream =
                target.hostname === HOST ? connect(port) : connect(Number(target.port || 443), target.hostname);
            upstream.once("connect", () => {
                client.write("HTTP/1.1 200 OK\r\n\r\n");
                upstream.pipe(client).pipe(upstream);
            });
            for (const socket of [client, upstream]) {
                socket.on("error", () => {
                    client.destroy();
                    upstream.destroy();
                });
            }
        });
        const authorities = join(folder, "authorities.pem");
        const { SSL_CERT_FILE: own = "" } = process.env;
        const known = existsSync(own) ? readFileSync(own, "utf8") : rootCertificates.join("\n");
        writeFileSync(authorities, `${known}\n${certificate}`);
        const env = {
            HTTPS_PROXY: `http://localhost:${await listen(proxy)}`,
            NO_PROXY: "localhost,127.0.0.1",
            SSL_CERT_FILE: authorities,
        };
        return new GitHost(env, [server, proxy]);
    }

    /** Ends it. */
    public stop(): void {
        for (const server of this.servers) {
            server.closeAllConnections();
            server.close();
        }
    }
}

async function listen(server: Server): Promise<number> {
    server.listen(0, "localhost");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
}

/** Runs git's own program for web servers (https://git-scm.com/docs/git-http-backend). */
function answer(repositories: string, request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", `https://${HOST}`);
    const { "content-type": type, "content-encoding": encoding, "git-protocol": protocol } = request.headers;
    const env = {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: repositories,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: type,
        HTTP_CONTENT_ENCODING: encoding,
        GIT_PROTOCOL: [protocol].flat()[0],
    };
    const program = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "inherit"] });
    request.pipe(program.stdin);
    const parts: Buffer[] = [];
    program.stdout.on("data", (part: Buffer) => parts.push(part));
    program.once("close", () => {
        const output = Buffer.concat(parts);
        const end = output.indexOf("\r\n\r\n");
        for (const line of output.subarray(0, end).toString().split("\r\n")) {
            const [, name = "", value = ""] = /^([^:]+): (.*)$/.exec(line) ?? [];
            if (name === "Status") response.statusCode = Number.parseInt(value, 10);
            else response.setHeader(name, value);
        }
        response.end(output.subarray(end + 4));
    });
}
