import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";

import { Keep } from "../../components/keep";
import { loadConfig } from "../../components/settings/stackFile";
import { deploy, type Deployed } from "../support/harness";
import { environment, secretValue, startContainer } from "./container";
import { answers, type Running } from "./process";
import { need, pathOf } from "./programs";
import { API, SQLITE_STACK, startApi } from "./sqliteFile";

const PROGRAM = join(__dirname, "../../components/verify/verify.mjs");

describe("the verification of Keep's real API and Soketi", function () {
    this.bail(true);
    const running: Running[] = [];
    let release: Deployed<Keep>;
    let login: Record<string, string>;

    /** Runs the program as the Job does; the user interface is absent, so it signs in at the API. */
    async function verify(env: Readonly<Record<string, string>> = {}): Promise<{ code: number; text: string }> {
        const target = {
            namespace: "keep",
            release: "keep",
            auth: "db",
            origin: API,
            backend: API,
            websocket: "ws://keep-websocket:6001/app",
            processor: "backend",
            route: "ingress",
        };
        return await new Promise((end) => {
            execFile(
                process.execPath,
                ["--experimental-websocket", "--no-warnings", PROGRAM],
                { env: { PATH: process.env.PATH, VERIFY_TARGET: JSON.stringify(target), ...login, ...env } },
                (error, text) => {
                    end({ code: error === null ? 0 : 1, text });
                },
            );
        });
    }

    before(async function () {
        need(this, "python", "soketi");
        release = await deploy(() => new Keep("keep", loadConfig()), { config: SQLITE_STACK });
        const pod = release.one("Deployment", "keep-websocket").inputs.spec.template.spec;
        const soketi = startContainer(release, pod, { "": `node ${pathOf("soketi")} start` });
        running.push(soketi);
        await soketi.until(() => answers("http://keep-websocket:6001/ready"), 60);
        const main = await startApi(release, "/tmp/keep-verify.db", running);
        login = {
            VERIFY_USERNAME: "keep",
            VERIFY_PASSWORD: secretValue(release, "keep.setup", "first-user-password"),
            VERIFY_PUSHER_APP_KEY: environment(release, main).PUSHER_APP_KEY ?? "",
        };
    });

    after(async () => {
        for (const it of running.reverse()) {
            await it.stop();
        }
    });

    it("passes: an alert is accepted, stored, announced and deleted", async () => {
        const { code, text } = await verify();
        assert.equal(code, 0, text);
        for (const check of ["backend", "metrics", "sign-in", "websocket", "alert", "live update", "removal"]) {
            assert.match(text, new RegExp(`^✓ ${check} `, "m"));
        }
    });

    it("hides the alert that it deleted", async () => {
        const { accessToken } = (await (
            await fetch(`${API}/signin`, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body: JSON.stringify({ username: "keep", password: login.VERIFY_PASSWORD }),
            })
        ).json()) as { accessToken: string };
        const alerts = (await (
            await fetch(`${API}/alerts`, { headers: { authorization: `Bearer ${accessToken}` } })
        ).json()) as { name: string; deleted: boolean }[];
        assert.deepEqual(
            alerts.map(({ name, deleted }) => [name, deleted]),
            [["keep-verify", true]],
        );
    });

    it("finds and names: a wrong password", async () => {
        assert.match(
            (await verify({ VERIFY_PASSWORD: "another" })).text,
            /✗ sign-in +backend: Keep rejects the password/,
        );
    });

    it("finds and names: a wrong key of the websocket server", async () => {
        assert.match(
            (await verify({ VERIFY_PUSHER_APP_KEY: "kother" })).text,
            /✗ websocket +websocket: .*rejects the key.*does not exist/,
        );
    });

    it("finds and names: a websocket server that is down", async () => {
        await running[0]?.stop();
        assert.match((await verify()).text, /✗ websocket +websocket: .*nothing listens there/);
    });
});
