import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { DeployedKeep, EDGE } from "../support/keep";
import { runBash } from "../support/recipe";
import { smallProd } from "../support/stacks";
import { startTraefik, TRAEFIK } from "../support/traefik";

/** Behind a controller whose name the pods resolve, and without the stand-in of the user interface, to which nobody can sign in. */
const SETTINGS = smallProd({
    publicUrl: `http://traefik.${TRAEFIK}.svc.cluster.local`,
    ingress: { kind: "traefik", className: "traefik" },
    frontend: { enabled: false },
    networkPolicy: { enabled: true, edge: [{ namespace: EDGE }, { namespace: TRAEFIK }] },
    verify: { enabled: true, timeoutSeconds: 120 },
});

describe("the Job of keep:verify", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;

    before(async () => {
        await startTraefik(cluster);
        keep = await DeployedKeep.of(cluster, SETTINGS);
    });

    after(() => keep.remove());

    it("completes where everything works", async () => {
        assert.deepEqual((await keep.deploy()).findings, []);
    });

    it("fails where no worker runs, and names the tier and the command to look at it", async () => {
        // A worker that is about to end would still store the alert.
        const worker = "pod --selector app.kubernetes.io/component=worker";
        await runBash(
            cluster,
            `kubectl -n keep scale deployment/keep-worker --replicas=0
            kubectl -n keep wait --for=delete ${worker} --timeout=3m`,
        );
        const broken = await DeployedKeep.of(cluster, { ...SETTINGS, worker: { replicas: 0 } });
        const [report = ""] = (await broken.deploy(keep.objects)).findings;
        assert.match(report, /^✓ backend/m);
        assert.match(report, /^✗ alert +worker: /m);
        assert.match(report, /^ +next +kubectl -n keep logs deployment\/keep-worker /m);
    });
});
