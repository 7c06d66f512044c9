import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { snippetsOf } from "../docs/snippets";
import { asker, pod } from "../network/asker";
import { deployKeep, type Written } from "../support/config";
import { problemsAfter } from "../support/deployed";
import { valueOf } from "../support/harness";
import { controllerObjects } from "./controllerObjects";
import { models } from "./models/models";
import { routesWithRewrite } from "./routes";

const HOST = "keep.example.com";

/** The settings of the two steps, as the page has them. */
const [both, moved] = snippetsOf(readFileSync(join(__dirname, "../../docs/ingress.md"), "utf8"))
    .filter(({ heading }) => heading === "Move to another controller")
    .map(({ text }) => {
        const { config } = parse(text) as { config: Record<string, unknown> };
        return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^keep:/, ""), value]));
    });

describe("the move to another controller in docs/ingress.md", () => {
    const settings = (step: Written | undefined): Written => step ?? assert.fail("docs/ingress.md has no such step");
    const before = () => {
        return {
            ...settings(both),
            extraIngresses: undefined,
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        };
    };

    for (const [kind, steps] of [
        ["nginx", () => [before(), settings(both)]],
        ["traefik", () => [settings(both), settings(moved)]],
    ] as const) {
        it(`keeps every route of ${kind} while it is there, with the one certificate`, async () => {
            const [first, second] = await Promise.all(steps().map((step) => deployKeep(step)));
            assert.ok(first !== undefined && second !== undefined);
            const { manifests, objects } = controllerObjects(kind, first);
            assert.deepEqual(controllerObjects(kind, second).objects, objects);
            for (const [target, expected] of Object.entries(routesWithRewrite("/v2", "/websocket"))) {
                assert.deepEqual(models[kind].answer(manifests, { host: HOST, target, encrypted: true }), expected);
            }
            assert.equal(models[kind].certificate(manifests, HOST), "keep.tls");
            const certificates = [first, second].map(({ one }) => one("Certificate"));
            assert.deepEqual(certificates[0]?.inputs, certificates[1]?.inputs);
            assert.deepEqual(await valueOf(first.result.urls), await valueOf(second.result.urls));
        });
    }

    it("lets both controllers in at first, then the new one alone", async () => {
        const sources = async (step: Written) => {
            const asks = asker(await deployKeep(step));
            return ["ingress-nginx", "traefik", "default"].filter((namespace) =>
                asks({ namespace, labels: {} }, pod("frontend"), 3000),
            );
        };
        assert.deepEqual(await sources(settings(both)), ["ingress-nginx", "traefik"]);
        assert.deepEqual(await sources(settings(moved)), ["traefik"]);
    });

    it("is accepted step by step", async () => {
        assert.deepEqual(await problemsAfter(before(), settings(both)), []);
        assert.deepEqual(await problemsAfter(settings(both), settings(moved)), []);
    });
});
