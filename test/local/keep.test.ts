import assert from "node:assert/strict";
import { request } from "node:http";

import { z } from "zod";

import { Installation } from "../../tools/local/installation";
import { until } from "../cluster/api/wait";

interface Answer {
    readonly status: number;
    readonly text: string;
}

// What `npm run local` has started: real images on a real node, asked as browsers and monitoring tools ask, by the ingress.
describe("the local Keep", () => {
    const installation = new Installation();
    let port: number;
    let token: string | undefined;

    /** Goes by the address of loopback: not every resolver knows names below localhost. */
    async function ask(method: string, path: string, body?: object): Promise<Answer> {
        const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
        const headers = { host: `keep.localhost:${port}`, "content-type": "application/json", ...authorization };
        return await new Promise((resolve, reject) => {
            const sent = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
                let text = "";
                answer.setEncoding("utf8").on("data", (part: string) => (text += part));
                answer.once("end", () => {
                    resolve({ status: answer.statusCode ?? 0, text });
                });
            });
            sent.once("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
        });
    }

    before(() => {
        const facts = installation.facts();
        if (facts?.ready !== true) throw new Error("There is no local Keep: start it by `npm run local`.");
        ({ port } = facts);
    });

    it("shows the sign-in page", async () => {
        const { status, text } = await ask("GET", "/signin");

        assert.equal(status, 200);
        assert.match(text, /<html/i);
    });

    it("lets nobody in without a key", async () => {
        assert.equal((await ask("GET", "/v2/alerts")).status, 401);
    });

    it("signs the first user in", async () => {
        const { username, password } = (await installation.firstUser()) ?? assert.fail("the stack has no first user");

        const { status, text } = await ask("POST", "/v2/signin", { username, password });

        assert.equal(status, 200, text);
        token = z.object({ accessToken: z.string() }).parse(JSON.parse(text)).accessToken;
    });

    it("takes an alert in and shows it", async () => {
        const lastReceived = new Date().toISOString();
        const alert = {
            id: "1",
            name: "disk full",
            status: "firing",
            severity: "critical",
            lastReceived,
            source: ["test"],
        };
        assert.equal((await ask("POST", "/v2/alerts/event", alert)).status, 202);

        await until("the alert is shown", 60_000, async () => {
            const { status, text } = await ask("GET", "/v2/alerts");
            assert.equal(status, 200, text);
            const shown = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(text));
            return shown.some(({ name }) => name === "disk full");
        });
    });
});
