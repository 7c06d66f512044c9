import { testCluster } from "../../cluster/connection";
import { assertAlertArrives } from "../assertions/alert";
import { assertDrainWaits } from "../assertions/drain";
import { assertPoliciesHold } from "../assertions/network";
import { assertPreflightPasses } from "../assertions/preflight";
import { assertGetsReady } from "../assertions/ready";
import { assertRestartLosesNothing, assertStopEndsJobs } from "../assertions/restart";
import { Client } from "../support/client";
import { DeployedKeep, EDGE } from "../support/keep";
import { smallProd } from "../support/stacks";
import { BEHIND_TRAEFIK, startTraefik, THROUGH_TRAEFIK, TRAEFIK } from "../support/traefik";

describe("prod, with PostgreSQL, a queue and workers", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    before(async () => {
        await startTraefik(cluster);
        const networkPolicy = { enabled: true, edge: [{ namespace: EDGE }, { namespace: TRAEFIK }] };
        keep = await DeployedKeep.of(cluster, smallProd({ ...BEHIND_TRAEFIK, networkPolicy }));
    });

    after(() => keep.remove());

    it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
        await assertGetsReady(keep);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        client = await Client.start(cluster, EDGE);
        await assertAlertArrives(keep, client);
    });

    for (const way of THROUGH_TRAEFIK) {
        it(`does so through Traefik, by ${way.name}`, async () => {
            await assertAlertArrives(keep, client, way);
        });
    }

    it("is reached by those that its policies let in, and by nobody else", async () => {
        await assertPoliciesHold(keep, client);
    });

    it("has a database that the preflight's pods find fit for another stack", async () => {
        await assertPreflightPasses(keep);
    });

    it("answers and stores every alert while the API and the worker are restarted", async () => {
        await assertRestartLosesNothing(keep, client);
    });

    it("ends what a worker has begun before it is stopped, and stores each alert once", async () => {
        await assertStopEndsJobs(keep, client);
    });

    it("keeps one API pod while both are to be evicted", async () => {
        await assertDrainWaits(keep);
    });
});
