import assert from "node:assert/strict";

import { referenceFindings } from "./checks/references";
import { routeFindings } from "./checks/routes";
import { testCluster } from "./connection";
import { type Change, changed, setting, withFault } from "./faults";
import { recordRelease, type Settings } from "./release";

const cluster = testCluster();

/** A variable that a container takes from a Secret. */
function secretVariable(name: string, key: string): object {
    return { name: "FAULT", valueFrom: { secretKeyRef: { name, key } } };
}

describe("the checks of what objects refer to turn red", () => {
    const pod = ["spec", "template", "spec"];
    const missing: Readonly<Record<string, readonly [string, Change, RegExp]>> = {
        "a Secret that is not there": [
            "test-no-secret",
            setting(
                "Deployment",
                "database",
                [...pod, "containers", 0, "env", 0],
                secretVariable("nowhere", "password"),
            ),
            /database needs Secret nowhere, which is not there/,
        ],
        "a key that its Secret does not have": [
            "test-no-key",
            setting(
                "Deployment",
                "database",
                [...pod, "containers", 0, "env", 0],
                secretVariable("test-no-key.database", "nothing"),
            ),
            /database needs key nothing of Secret test-no-key\.database, which has no such key/,
        ],
        "a claim that is not there": [
            "test-no-claim",
            setting("Deployment", "database", [...pod, "volumes", 0, "persistentVolumeClaim", "claimName"], "nowhere"),
            /database needs PersistentVolumeClaim nowhere, which is not there/,
        ],
        "an account that is not there": [
            "test-no-account",
            setting("Job", "setup", [...pod, "serviceAccountName"], "nobody"),
            /setup needs ServiceAccount nobody, which is not there/,
        ],
    };
    for (const [what, [name, change, wanted]] of Object.entries(missing)) {
        it(`at ${what}`, async () => {
            await withFault(name, change, async ({ objects }) => {
                assert.match((await referenceFindings(cluster.client, objects)).join("\n"), wanted);
            });
        });
    }

    const first = ["spec", "rules", 0, "http", "paths", 0, "backend", "service"];
    const astray: Readonly<Record<string, readonly [Settings, Change, RegExp]>> = {
        "a way in to a Service that is not there": [
            {},
            (object) => (object.kind === "Ingress" ? changed(object, [...first, "name"], "nowhere") : object),
            /sends traffic to Service nowhere, which is not there/,
        ],
        "a way in to a port that its Service does not have": [
            {},
            (object) => (object.kind === "Ingress" ? changed(object, [...first, "port"], { number: 9999 }) : object),
            /sends traffic to port 9999 of Service .*, which has no such port/,
        ],
        "a Middleware that is not there": [
            { ingress: { kind: "traefik" } },
            (object) => (object.kind === "Middleware" ? changed(object, ["metadata", "name"], "another") : object),
            /names Middleware .*, which is not there/,
        ],
        "a Route of OpenShift to the port of a Service in place of its pods'": [
            { platform: "openshift", ingress: { kind: "openshift" } },
            (object) => (object.kind === "Route" ? changed(object, ["spec", "port", "targetPort"], 9999) : object),
            /Route .* sends traffic to port 9999 of Service/,
        ],
    };
    for (const [what, [settings, change, wanted]] of Object.entries(astray)) {
        it(`at ${what}`, async () => {
            const { objects } = await recordRelease({ publicUrl: "http://keep.example.com", ...settings });

            assert.deepEqual(routeFindings(objects), []);
            assert.match(routeFindings(objects.map(change)).join("\n"), wanted);
        });
    }
});
