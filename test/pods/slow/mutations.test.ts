import assert from "node:assert/strict";

import { testCluster } from "../../cluster/connection";
import { type Settings, stackSettings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { assertCredentialsAreKept } from "../assertions/credentials";
import { assertDrainWaits } from "../assertions/drain";
import { assertRestartLosesNothing, assertStopEndsJobs } from "../assertions/restart";
import { Client } from "../support/client";
import { type Change, DeployedKeep, EDGE } from "../support/keep";
import { takeOut } from "../support/mutations";
import { smallProd } from "../support/stacks";

type Assertion = (keep: DeployedKeep, client: Client) => Promise<void>;

/** The stacks of the scenarios, and one whose providers may connect to nothing: by default the API may connect to anything for them. */
const STACKS = {
    dev: stackSettings("dev"),
    prod: smallProd(),
    closed: smallProd({
        networkPolicy: { enabled: true, edge: [{ namespace: EDGE }], providers: [{ cidr: "192.0.2.0/24" }] },
    }),
} satisfies Record<string, Settings>;

type Stack = keyof typeof STACKS;

/** What is taken out of which stack, and what it must turn red: nothing where pods already fail to get Ready. */
const MUTATIONS: readonly (readonly [what: string, stack: Stack, change: Change, turnsRed?: Assertion])[] = [
    ["the name of the API's user", "dev", takeOut.userName],
    ["the volume for what the API writes", "dev", takeOut.temporaryFolder],
    ["the group of the API's volume", "dev", takeOut.group],
    ["the memory that the API needs", "dev", takeOut.memory],
    ["the setup step before the API", "dev", takeOut.setup],
    ["the verb that saves credentials", "dev", takeOut.createSecrets, assertCredentialsAreKept],
    ["the secret that the websocket server shares with the API", "dev", takeOut.pusherSecret, assertAlertArrives],
    ["the API's way to its database", "closed", takeOut.databaseExit, assertAlertArrives],
    ["the time before the API stops", "prod", takeOut.preStop, assertRestartLosesNothing],
    ["the time that a worker has for what it has begun", "prod", takeOut.jobCompletion, assertStopEndsJobs],
    ["the budget of the API's disruptions", "prod", takeOut.disruptionBudget, assertDrainWaits],
];

describe("mutations: the scenarios of dev and prod turn red without", () => {
    const cluster = testCluster();
    let keep: DeployedKeep | undefined;

    afterEach(() => keep?.remove());

    for (const [what, stack, change, turnsRed] of MUTATIONS) {
        it(what, async () => {
            keep = await DeployedKeep.of(cluster, STACKS[stack], { change });
            const { findings } = await keep.deploy();
            if (turnsRed === undefined) {
                assert.notDeepEqual(findings, []);
                return;
            }
            assert.deepEqual(findings, []);
            const client = await Client.start(cluster, EDGE);
            await assert.rejects(turnsRed(keep, client));
        });
    }

    it("the setup Job before the API", async () => {
        keep = (await DeployedKeep.of(cluster, STACKS.prod, { change: takeOut.setupStart })).atOnce();
        const { findings } = await keep.deploy();
        assert.ok(
            findings.some((finding) => finding.includes("keep-backend")),
            findings.join("\n"),
        );
    });
});
