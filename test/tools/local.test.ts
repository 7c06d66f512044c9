import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
    chmodSync,
    copyFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/** What kind does where the cluster is. */
const THERE = '[ "$1" != get ] || echo keep-local';

const FIRST_USER = JSON.stringify({ username: "keep", password: "generated" });

describe("npm run local", () => {
    let folder: string;
    let installation: string;
    let stackFile: string;

    // A repository of its own, as far as the command needs one: it writes a stack file there.
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), "keep-local-test-"));
        installation = path.join(folder, "state", "keep-on-pulumi", "local");
        stackFile = path.join(folder, "Pulumi.local.yaml");
        for (const name of ["bin", "tools"]) mkdirSync(path.join(folder, name));
        for (const name of ["Pulumi.dev.yaml", "package.json", "tsconfig.json", "tools/local.ts"]) {
            copyFileSync(path.join(ROOT, name), path.join(folder, name));
        }
        cpSync(path.join(ROOT, "tools", "local"), path.join(folder, "tools", "local"), { recursive: true });
        symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    /** Puts a program there that notes how it was called, and then does what a script says. */
    function install(program: string, script = ""): void {
        const file = path.join(folder, "bin", program);
        writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> "${folder}/calls"\n${script}\n`);
        chmodSync(file, 0o755);
    }

    /** All that is needed; kind does what a script says. */
    function installAll(kind = ""): void {
        install("docker", "echo 28");
        install("kind", kind);
        install("pulumi", `echo "passphrase \${PULUMI_CONFIG_PASSPHRASE-of its own}" >> "${folder}/calls"`);
    }

    /** What a run before has noted, here or on the way. */
    function installed(facts: { readonly program: string; readonly port: number; readonly ready: boolean }): void {
        mkdirSync(installation, { recursive: true });
        writeFileSync(path.join(installation, "installation.json"), JSON.stringify(facts));
    }

    async function local(...args: string[]) {
        const child = spawn(process.execPath, ["--import", "tsx", "tools/local.ts", ...args], {
            cwd: folder,
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                PATH: path.join(folder, "bin"),
                HOME: folder,
                XDG_STATE_HOME: path.join(folder, "state"),
                PULUMI_CONFIG_PASSPHRASE: "of the user",
            },
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => (output += text));
        }
        const [status] = (await once(child, "close")) as [number | null];
        const calls = path.join(folder, "calls");
        return { status, output, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
    }

    it("says everything that is missing, and makes nothing", async () => {
        const { status, output } = await local();

        assert.equal(status, 1);
        assert.match(output, /Docker: .*\n.*kind \(or k3d, or minikube\): .*\n.*Pulumi CLI: /);
        assert.equal(existsSync(installation), false);
    });

    it("tells a Docker that does not run from one that is not there", async () => {
        installAll();
        install("docker", '[ "$1" = version ]');

        const { status, output } = await local();

        assert.equal(status, 1);
        assert.match(output, /a running Docker/);
        assert.doesNotMatch(output, /Pulumi CLI/);
        assert.equal(existsSync(installation), false);
    });

    for (const [program, list] of [
        ["kind", "echo keep-local"],
        ["k3d", `echo '[{"name": "other"}, {"name": "keep-local"}]'`],
        ["minikube", `echo '{"invalid": [{"Name": "keep-local"}], "valid": null}'`],
    ] as const) {
        it(`leaves a cluster of ${program} that it has not made alone, whatever its name`, async () => {
            install("docker", "echo 28");
            install("pulumi");
            install(program, list);

            const { status, output, calls } = await local();

            assert.equal(status, 1);
            assert.match(
                output,
                new RegExp(
                    `Nothing was changed\. If it is not needed, remove it and run the command again: ${program} .*delete .*keep-local`,
                ),
            );
            assert.deepEqual(
                calls.filter((call) => /create|start|delete/.test(call)),
                [],
            );
            assert.equal(existsSync(installation), false);
        });
    }

    for (const [how, end] of [
        ["did not come up", "exit 1"],
        ["was interrupted by Ctrl-C", "kill -INT $PPID; exit 130"],
    ] as const) {
        it(`removes a cluster that ${how}`, async () => {
            installAll(`[ "$1" != create ] || { ${end}; }`);

            const { status, output, calls } = await local();

            assert.equal(status, end.includes("INT") ? 130 : 1);
            assert.equal(calls.filter((call) => call === "kind delete cluster --name keep-local").length, 1);
            assert.ok(!calls.some((call) => /^pulumi (stack|up)|^docker exec/.test(call)), calls.join("\n"));
            assert.doesNotMatch(output, /goes on/);
            assert.equal(existsSync(installation), false);
        });
    }

    it("keeps in mind what it could not remove", async () => {
        installAll('[ "$1" = version ] || [ "$1" = get ]');

        const { status, output } = await local();
        assert.equal(status, 1);
        assert.match(output, /To remove the installation, run npm run local -- down/);

        installAll();
        const { calls } = await local("down");
        assert.equal(calls.at(-1), "kind delete cluster --name keep-local");
        assert.equal(existsSync(installation), false);
    });

    it("makes a cluster anew whose making was killed", async () => {
        installed({ program: "kind", port: 8080, ready: false });
        installAll('[ "$1" != create ]');

        const { calls } = await local();

        const made = calls.filter((call) => /^kind (create|delete)/.test(call)).map((call) => call.split(" ")[1]);
        assert.deepEqual(made, ["delete", "create", "delete"]);
    });

    it("begins anew where somebody has removed the cluster, with nothing of the old one's state", async () => {
        installed({ program: "kind", port: 8080, ready: true });
        writeFileSync(path.join(installation, "state-of-old"), "");
        installAll(
            `[ "$1" != create ] || { test ! -e "${path.join(installation, "state-of-old")}" && echo fresh >> "${folder}/calls"; exit 1; }`,
        );

        const { calls } = await local();

        assert.ok(calls.includes("fresh"), calls.join("\n"));
        assert.ok(!calls.some((call) => call.startsWith("docker start")));
    });

    it("goes on with the cluster that is there, waits for the user interface and tells the first user", async () => {
        const hosts: (string | undefined)[] = [];
        const ui = createServer((request, response) => {
            hosts.push(request.headers.host);
            response.end();
        });
        await once(ui.listen(0, "127.0.0.1"), "listening");
        const { port } = ui.address() as AddressInfo;
        installed({ program: "kind", port, ready: true });
        installAll(THERE);
        install("pulumi", `[ "$2" != output ] || echo '${FIRST_USER}'`);

        const { status, output, calls } = await local();
        ui.close();

        assert.equal(status, 0, output);
        assert.deepEqual(hosts, [`keep.localhost:${port}`]);
        assert.ok(calls.includes("docker start keep-local-control-plane"));
        assert.ok(!calls.some((call) => /^kind (create|delete)/.test(call)), calls.join("\n"));
        assert.ok(
            calls.includes(
                `pulumi config set keep:publicUrl http://keep.localhost:${port} --stack local --non-interactive`,
            ),
        );
        assert.ok(output.includes(`Keep is at http://keep.localhost:${port}\nSign in as keep with generated`), output);
        assert.equal(readFileSync(stackFile, "utf8"), readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8"));
    });

    it("keeps the cluster where Pulumi fails, with a passphrase that is not the user's", async () => {
        installed({ program: "kind", port: 8080, ready: true });
        installAll(THERE);
        install(
            "pulumi",
            `echo "passphrase \${PULUMI_CONFIG_PASSPHRASE-of its own}" >> "${folder}/calls"; [ "$1" = version ]`,
        );

        const { status, output, calls } = await local();

        assert.equal(status, 1);
        assert.match(output, /pulumi stack select .* failed \(exit code 1\)\nTo continue, run npm run local/);
        assert.ok(calls.includes("passphrase of its own"));
        assert.ok(!calls.some((call) => call.includes("delete")));
        assert.ok(existsSync(installation));
    });

    it("takes an old stack file up without what was encrypted by a passphrase that is gone", async () => {
        writeFileSync(stackFile, "config:\n    keep:size: small\nencryptionsalt: v1:abc\n");
        installAll('[ "$1" != create ]');

        await local();

        assert.equal(readFileSync(stackFile, "utf8"), "config:\n    keep:size: small\n");
    });

    it("removes cluster, state and stack file", async () => {
        installed({ program: "kind", port: 8080, ready: true });
        writeFileSync(stackFile, "config: {}\n");
        installAll();

        const { status, calls } = await local("down");

        assert.equal(status, 0);
        assert.deepEqual(calls, ["kind delete cluster --name keep-local"]);
        assert.equal(existsSync(installation), false);
        assert.equal(existsSync(stackFile), false);
    });

    it("prints its commands with --help, and fails with others", async () => {
        const [help, unknown] = [await local("--help"), await local("upp")];

        assert.deepEqual([help.status, unknown.status], [0, 2]);
        for (const { output } of [help, unknown]) assert.match(output, /npm run local -- down/);
    });

    it("has nothing to remove where nothing is", async () => {
        const { status, output } = await local("down");

        assert.equal(status, 0);
        assert.match(output, /There is no local Keep/);
    });
});
