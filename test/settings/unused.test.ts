import assert from "node:assert/strict";

import { switches } from "../../components/fields/switch";
import { Keep, type KeepArgs } from "../../components/keep";
import { objectOf } from "../../components/settings/unreadable";
import { stackSchema } from "../../components/settings/schema";
import { deployKeep, type Written } from "../support/config";
import { deploy } from "../support/harness";

const postgres = { database: { kind: "postgres" } };

const cases: Readonly<Record<string, readonly [Written, string]>> = {
    "a tier that is off": [
        {
            backend: { enabled: false, url: "https://keep-api.example.com", replicas: 3, env: { A: "b" } },
            websocket: { kind: "none" },
        },
        "keep:backend.replicas, keep:backend.env: no effect while keep:backend.enabled is false",
    ],
    "a Service of the workers": [
        { ...postgres, redis: { kind: "bundled" }, worker: { service: { type: "LoadBalancer" } } },
        "keep:worker.service: no effect, because workers accept no connections",
    ],
    "another tier": [
        { frontend: { enabled: false, replicas: 2 } },
        "keep:frontend.replicas: no effect while keep:frontend.enabled is false",
    ],
    "what is off by default": [
        { ...postgres, consumer: { topology: false }, verify: { timeoutSeconds: 60 } },
        "keep:consumer.topology: no effect while keep:consumer.enabled is false\n" +
            "keep:verify.timeoutSeconds: no effect while keep:verify.enabled is false",
    ],
    "a part of what is on": [
        { monitoring: { enabled: true, interval: "1m", dashboard: { enabled: false, labels: { a: "b" } } } },
        "keep:monitoring.dashboard.labels: no effect while keep:monitoring.dashboard.enabled is false",
    ],
    "a number that is missing": [
        { retention: { schedule: "0 1 * * *" } },
        "keep:retention.schedule: no effect while keep:retention.days is not set",
    ],
};

async function notesOf(written: Written): Promise<readonly string[]> {
    const { notes } = await deployKeep({ ingress: { kind: "traefik" }, ...written });
    return notes.filter((note) => note.includes("no effect"));
}

describe("settings of what is switched off", () => {
    for (const [name, [written, note]] of Object.entries(cases)) {
        it(`are listed in the preview: ${name}`, async () => {
            assert.deepEqual(await notesOf(written), [note]);
        });
    }

    it("are not listed where they apply, and defaults of a size never", async () => {
        const used = { networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] }, retention: { days: 3 } };

        assert.deepEqual(await notesOf({ ...postgres, ...used, size: "medium", redis: { kind: "bundled" } }), []);
        assert.deepEqual(
            await notesOf({
                frontend: { enabled: false, url: "https://ui.example.com" },
                consumer: { enabled: false },
            }),
            [],
        );
    });

    it("have the names of a program's arguments", async () => {
        const args: KeepArgs = { publicUrl: "http://keep.example.com", monitoring: { interval: "1m" } };

        const { notes } = await deploy(() => new Keep("keep", args));

        assert.ok(notes.includes("monitoring.interval: no effect while monitoring.enabled is false"), notes.join("\n"));
    });

    it("are known for every object that has a field enabled", () => {
        const without = Object.entries(stackSchema.shape).flatMap(([key, schema]) => {
            const object = objectOf(schema, {});
            return object !== undefined && Object.hasOwn(object.shape, "enabled") && !switches.has(object) ? [key] : [];
        });

        assert.deepEqual(without, []);
    });
});
