import assert from "node:assert/strict";

import { kindOf, wavesOf } from "../../../tools/render/waves";
import { deployKeep, type Written } from "../../support/config";
import { switchedStacks } from "../../support/switches";
import { kindsOf, variant } from "../../support/variants";

/** Kinds that some controllers never report as healthy, or only with what comes after the Deployments. */
const LATE = /^(Ingress|HorizontalPodAutoscaler|ScaledObject|Certificate|HTTPRoute|Route|PodMonitor|ScheduledBackup)$/;

const EDGE = {
    publicUrl: "https://keep.example.com",
    size: "medium",
    ingress: { kind: "traefik", tls: { clusterIssuer: "letsencrypt" } },
};

/** Adds the backups of CloudNativePG, the only optional objects of a database that become healthy late. */
function withBackup(settings: Written): Written {
    const { database } = settings as { readonly database?: { readonly kind?: string } };
    const backup = { destination: "s3://dumps/keep", credentials: "s3" };
    return database?.kind === "cloudnativepg" ? { ...settings, database: { ...database, backup } } : settings;
}

/** The waves of the objects whose kind matches. */
async function waves(settings: Written): Promise<(kinds: RegExp, name?: string) => number[]> {
    const { resources } = await deployKeep(settings);
    const known = wavesOf(resources);
    return (kinds, name = "") =>
        resources
            .filter((one) => kinds.test(kindOf(one)) && one.physicalName?.startsWith(name) === true)
            .flatMap(({ urn }) => known.get(urn) ?? []);
}

/** Requires that what becomes healthy late is in the last wave, and that the setup Job is between Cluster and backend. */
async function requireOrder(settings: Written, what: string): Promise<void> {
    const of = await waves(settings);
    const last = Math.max(...of(/^/));
    assert.deepEqual(
        [...new Set(of(LATE))].filter((wave) => wave !== last),
        [],
        what,
    );
    const setup = of(/^Job$/, "keep-setup");
    assert.ok(
        setup.every((job) => of(/^Deployment$/, "keep-backend").every((backend) => backend > job)),
        what,
    );
    assert.ok(
        setup.every((job) => of(/^Cluster$/).every((cluster) => cluster < job)),
        what,
    );
}

describe("the waves of a rendered stack", () => {
    for (const kind of kindsOf("database")) {
        it(`end with what becomes healthy late: ${kind}`, async () => {
            const size = kind === "sqlite" ? { size: "small" } : { redis: { kind: "bundled" } };
            const settings = withBackup({ ...EDGE, ...size, ...variant("database", kind) });
            await requireOrder(settings, kind);
            const of = await waves({ ...settings, verify: { enabled: true } });
            // The verification follows the Ingresses, whichever waves they are in.
            assert.deepEqual(of(/^Job$/, "keep-verify"), [Math.max(...of(/^/))]);
        });
    }

    it("have all policies before the first pod, which needs a name server", async () => {
        const networkPolicy = { enabled: true, edge: [{ namespace: "traefik" }], cilium: {} };
        const of = await waves({ ...EDGE, database: { kind: "postgres" }, redis: { kind: "bundled" }, networkPolicy });
        assert.equal(of(/^CiliumNetworkPolicy$/).length, 1);
        assert.ok(Math.max(...of(/NetworkPolicy$/)) < Math.min(...of(/^(Deployment|Job)$/)));
    });

    it("end with what becomes healthy late, for every pair of switches", async () => {
        for (const { row, settings } of switchedStacks()) {
            await requireOrder(withBackup(settings), JSON.stringify(row));
        }
    });
});
