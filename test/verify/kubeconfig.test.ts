import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connect } from "../../tools/verify/preflight/apiServer";
import { userMessage } from "../../tools/preview/userError";

const PLUGIN = `#!/bin/sh
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"of-a-plugin"}}'
`;

describe("a kubeconfig", () => {
    const withServer = (server: string, user = {}) =>
        JSON.stringify({
            clusters: [{ name: "c", cluster: { server } }],
            users: [{ name: "u", user }],
            contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
            "current-context": "x",
        });
    const connected = (content: string) => connect(new Map([["kubernetes:kubeconfig", content]]));

    it("is asked for where there is none", () => {
        const { HOME, KUBECONFIG } = process.env;
        const folder = mkdtempSync(join(tmpdir(), "keep-kubeconfig-"));
        try {
            process.env.HOME = folder;
            delete process.env.KUBECONFIG;
            assert.throws(
                () => connect(new Map()),
                (error) => userMessage(error)?.startsWith("There is no kubeconfig. Set KUBECONFIG") === true,
            );
        } finally {
            Object.assign(process.env, { HOME }, KUBECONFIG === undefined ? {} : { KUBECONFIG });
            rmSync(folder, { recursive: true });
        }
    });

    describe("with several clusters", () => {
        const server = createServer(({ url = "" }, response) => {
            response.setHeader("content-type", "application/json").end(JSON.stringify({ gitVersion: url.slice(1, 2) }));
        });
        const folder = mkdtempSync(join(tmpdir(), "keep-kubeconfig-"));
        const { HOME } = process.env;
        let content: string;

        before(async () => {
            server.listen(0, "127.0.0.1");
            await once(server, "listening");
            const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
            content = JSON.stringify({
                clusters: ["a", "b"].map((name) => ({ name, cluster: { server: `${address}/${name}` } })),
                contexts: [{ name: "x", context: { cluster: "a", user: "u" } }],
                users: [{ name: "u", user: {} }],
                "current-context": "x",
            });
            writeFileSync(join(folder, "prod"), content);
            process.env.HOME = folder;
        });

        after(() => {
            Object.assign(process.env, { HOME });
            rmSync(folder, { recursive: true });
            server.closeAllConnections();
            server.close();
        });

        const withSettings = (settings: object) =>
            connect(new Map(Object.entries({ "kubernetes:kubeconfig": content, ...settings })));

        for (const [what, expected, settings] of [
            ["of its context", "a", {}],
            ["that kubernetes:cluster names", "b", { "kubernetes:cluster": "b" }],
            ["of its context for empty names", "a", { "kubernetes:cluster": "", "kubernetes:context": "" }],
            ["of a file below the home directory", "a", { "kubernetes:kubeconfig": "~/prod" }],
        ] as const) {
            it(`is read for the cluster ${what}, as the provider does`, async () => {
                assert.equal(await withSettings(settings).version(), expected);
            });
        }

        it("is rejected without the named cluster", () => {
            assert.throws(
                () => withSettings({ "kubernetes:cluster": "c" }),
                (error) => userMessage(error)?.startsWith("The kubeconfig has no cluster c. Set kubernetes:") === true,
            );
        });
    });

    describe("with a server at http, such as kubectl proxy", () => {
        const folder = mkdtempSync(join(tmpdir(), "keep-kubeconfig-"));
        const server = createServer(({ url = "", headers }, response) => {
            const [, status = ""] = url.split("/");
            const gitVersion = headers.authorization ?? "v1.36.0";
            response.setHeader("content-type", "application/json").setHeader("set-cookie", "s=hunter2");
            response.writeHead(Number(status)).end(status === "200" ? JSON.stringify({ gitVersion }) : "<h1>hunter2");
        });
        let address: string;

        before(async () => {
            server.listen(0, "127.0.0.1");
            await once(server, "listening");
            address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
            writeFileSync(join(folder, "token"), "of-a-file\n");
        });

        after(() => {
            server.closeAllConnections();
            server.close();
            rmSync(folder, { recursive: true });
        });

        it("is read, also with its token in a file", async () => {
            assert.equal(await connected(withServer(`${address}/200`)).version(), "v1.36.0");
            const ofFile = withServer(`${address}/200`, { tokenFile: join(folder, "token") });
            assert.equal(await connected(ofFile).version(), "Bearer of-a-file");
        });

        it("is read with paths beside it, and incomplete entries of others", async () => {
            const path = join(folder, "config");
            writeFileSync(join(folder, "plugin"), PLUGIN, { mode: 0o755 });
            const exec = {
                apiVersion: "client.authentication.k8s.io/v1",
                command: "./plugin",
                interactiveMode: "Never",
            };
            for (const [user, expected] of [
                [{ tokenFile: "token" }, "Bearer of-a-file"],
                [{ exec }, "Bearer of-a-plugin"],
            ] as const) {
                const content = JSON.parse(withServer(`${address}/200`, user)) as Record<string, unknown[]>;
                content.users?.push({ name: "other", user: { tokenFile: "/absent" } });
                content.contexts?.push({ name: "dev", context: { cluster: "", namespace: "dev", user: "" } });
                content.clusters?.push({ name: "old", cluster: { server: "" } });
                writeFileSync(path, `# of a test\n${JSON.stringify(content)}`);
                assert.equal(await connected(path).version(), expected);
            }
        });

        for (const status of [404, 429, 500, 503]) {
            it(`is rejected without the answer of status ${status}`, async () => {
                const content = withServer(`${address}/${status}`);
                const list = () => connected(content).list("v1", "Pod");
                // A 404 of others may be that of a kind that the cluster does not have.
                for (const ask of [() => connected(content).version(), ...(status === 404 ? [] : [list])]) {
                    await assert.rejects(ask, (error) => {
                        const expected = `${address}/${status} answers with the HTTP status ${status}. Check kubectl cluster-info`;
                        assert.equal(userMessage(error), expected);
                        return true;
                    });
                }
            });
        }
    });

    const withProxy = withServer("https://10.0.0.1").replace(
        '"https://10.0.0.1"',
        '$&,"proxy-url":"socks5://127.0.0.1:1"',
    );
    const exec = (command: string) => ({ exec: { apiVersion: "client.authentication.k8s.io/v1", command } });
    for (const [what, content, message] of [
        ["nobody listens", withServer("https://127.0.0.1:1"), /cannot be reached \(ECONNREFUSED\)/],
        ["a proxy is down", withProxy, /^https:\/\/10\.0\.0\.1 cannot be reached \(.+\)/],
        ["the server has no scheme", withServer("127.0.0.1:6443"), /cannot be used \(.*absolute base url/],
        [
            "the program for credentials is missing",
            withServer("https://127.0.0.1:1", exec("no-such-program")),
            /cannot be used \(spawn no-such-program ENOENT\)/,
        ],
        [
            "the program for credentials fails",
            withServer("https://127.0.0.1:1", exec("false")),
            /cannot be used \(its program for credentials gives no reason\)/,
        ],
        [
            "a certificate is hidden",
            withServer("https://127.0.0.1:1", {
                "client-certificate-data": "DATA+OMITTED",
                "client-key-data": "REDACTED",
            }),
            /cannot be used \(ERR_OSSL_PEM_NO_START_LINE\)/,
        ],
        [
            "the token has a line break",
            withServer("http://127.0.0.1:1", { token: "hunter2\n" }),
            /cannot be used \(its token contains a character that no header can have, such as a line break\)/,
        ],
        [
            "a file is missing",
            withServer("https://127.0.0.1:1", { "client-certificate": "/absent.crt" }),
            /cannot be used \(ENOENT.*\/absent\.crt.*\)/,
        ],
    ] as const) {
        it(`is rejected in one line where ${what}`, async () => {
            await assert.rejects(
                async () => await connected(content).version(),
                (error) => {
                    const [line = "", ...more] = (userMessage(error) ?? assert.fail(String(error))).split("\n");
                    assert.match(line, message);
                    assert.deepEqual(more, []);
                    return true;
                },
            );
        });
    }

    const contents: Readonly<Record<string, string>> = {
        "is empty": "",
        "is no YAML": "token: hunter2: [\n",
        "is a list": "- token: hunter2\n",
        "has no context": "apiVersion: v1\nkind: Config\n",
    };
    for (const [what, content] of Object.entries(contents)) {
        it(`is rejected without a trace or its content where it ${what}`, () => {
            const folder = mkdtempSync(join(tmpdir(), "keep-kubeconfig-"));
            try {
                const file = join(folder, "config");
                writeFileSync(file, content);
                for (const source of content.includes("\n") ? [file, content] : [file]) {
                    assert.throws(
                        () => connect(new Map([["kubernetes:kubeconfig", source]])),
                        (error) => {
                            const message = userMessage(error);
                            assert.ok(message !== undefined, String(error));
                            assert.match(message, /^The kubeconfig .* KUBECONFIG/);
                            assert.doesNotMatch(message, /hunter2/);
                            return true;
                        },
                    );
                }
            } finally {
                rmSync(folder, { recursive: true });
            }
        });
    }
});
