import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { Client } from "../support/client";
import { FAULTS } from "../support/faults";
import { DeployedKeep, EDGE } from "../support/keep";
import { told, underLoad } from "../support/load";
import { record } from "../support/report";
import { smallProd } from "../support/stacks";

/** Alerts a second. */
const RATE = 4;

describe("prod under load, where something happens to it", () => {
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    before(async () => {
        keep = await DeployedKeep.of(cluster, smallProd());
        const { findings } = await keep.deploy();
        assert.deepEqual(findings, []);
        client = await Client.start(cluster, EDGE, "node-1");
    });

    after(() => keep.remove());

    for (const { name, happen } of FAULTS) {
        it(`stores what it has accepted: ${name}`, async () => {
            const measured = await underLoad(keep, client, RATE, () => happen(keep));
            console.log(`      ${told(measured)}`);
            record(name, measured);
        });
    }
});
