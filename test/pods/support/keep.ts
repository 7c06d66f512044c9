import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import { assertAbsent, nameOf, namespacesOf, removeAll } from "../../cluster/api/apply";
import { until } from "../../cluster/api/wait";
import type { KubernetesObject } from "../../cluster/api/client";
import type { TestCluster } from "../../cluster/connection";
import { componentOf, objectOf, recordRelease, type Settings } from "../../cluster/release";
import { wavesOf } from "../../../tools/render/waves";
import { type Answer, type Client, type Load, podNames, type Request } from "./client";
import { runIn } from "./exec";
import { healthFindings, hopeless } from "./health";
import { deleteAll, rollOut, type Waves } from "./rollout";

/** Keys that the setup step makes, by their role. */
const KEYS = { admin: "masked-admin-key", webhook: "masked-webhook-key" };

/** Namespace of the clients that a stack's NetworkPolicies let in. */
export const EDGE = "edge";

const container = z.object({
    name: z.string(),
    env: z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]),
});

const deployment = z.object({
    spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(container) }) }) }),
});

/** Something that is changed about each object of a release. */
export type Change = (object: KubernetesObject) => KubernetesObject;

const unchanged: Change = (object) => object;

/** What a stack has beside its settings. */
export interface StackOptions {
    /** What becomes of its objects, on their way to the API server or on purpose. */
    readonly change?: Change;
    /** Encrypted keys of the stack file. */
    readonly secrets?: Readonly<Record<string, string>>;
}

/** What became of a deployment. */
export interface Deployment {
    /** Until it has settled. */
    readonly seconds: number;
    /** Whatever is wrong with it. */
    readonly findings: readonly string[];
}

/** Keep as a stack deploys it, or a chart: `keep` in the namespace `keep`, with API keys. */
export class DeployedKeep {
    private constructor(
        readonly cluster: TestCluster,
        readonly objects: readonly KubernetesObject[],
        private readonly waves: Waves,
        /** Objects that stay when the stack is destroyed. */
        private readonly retained: readonly KubernetesObject[] = [],
        /** Labels of its namespaces; without any, pods may be what they like. */
        private readonly podSecurity?: Readonly<Record<string, string>>,
    ) {}

    /** What somebody else has rendered, which is applied at once and without Pod Security; nothing of it is in the cluster yet. */
    static ofObjects(cluster: TestCluster, objects: readonly KubernetesObject[]): DeployedKeep {
        return new DeployedKeep(cluster, objects, [objects], [], {});
    }

    /** What the stack's program asks for; nothing of it is in the cluster yet. */
    static async of(
        cluster: TestCluster,
        settings: Settings,
        { change = unchanged, secrets = {} }: StackOptions = {},
    ): Promise<DeployedKeep> {
        const apiKeys = Object.entries(KEYS).map(([role, key]) => `${role}:${role}:${key}`);
        const release = await recordRelease(settings, { apiKeys: apiKeys.join(","), ...secrets });
        const objects = release.objects.map(change);
        if (change !== unchanged && isDeepStrictEqual(objects, release.objects)) {
            throw new Error("That change finds nothing in the release to change.");
        }
        const numbers = wavesOf(release.resources);
        const last = Math.max(...numbers.values());
        const waves = Array.from({ length: last + 1 }, (_, wave) =>
            release.resources
                .filter(({ urn }) => numbers.get(urn) === wave)
                .flatMap(objectOf)
                .map(change),
        );
        const retained = release.resources.filter((resource) => resource.retained).flatMap(objectOf);
        return new DeployedKeep(cluster, objects, waves, retained);
    }

    /** The same, deployed without any order. */
    atOnce(): DeployedKeep {
        return new DeployedKeep(this.cluster, this.objects, [this.objects]);
    }

    /**
     * Deploys it in the order that `pulumi up` keeps: what depends on something comes when that is Ready. Returns after how many
     * seconds it has settled, and whatever is wrong with it.
     * @param over what is there already, of which this keeps what it has too; without it, nothing of this may be there.
     */
    async deploy(over?: readonly KubernetesObject[]): Promise<Deployment> {
        const started = Date.now();
        const { client } = this.cluster;
        if (over === undefined) await assertAbsent(client, this.objects);
        const settled = new AbortController();
        const findings = await Promise.race([
            rollOut(client, this.waves, this.podSecurity),
            hopeless(client, "keep", settled.signal),
        ]);
        settled.abort();
        const kept = this.objects.map(nameOf);
        await deleteAll(
            client,
            (over ?? []).filter((object) => !kept.includes(nameOf(object))),
        );
        const seconds = Math.round((Date.now() - started) / 1000);
        return { seconds, findings: [...findings, ...(await healthFindings(client, "keep"))] };
    }

    /** Deletes it as `pulumi destroy` does, and returns the objects that stay. */
    async destroy(): Promise<readonly KubernetesObject[]> {
        const stays = this.retained.map(nameOf);
        await deleteAll(
            this.cluster.client,
            this.objects.filter((object) => !stays.includes(nameOf(object))),
        );
        return this.retained;
    }

    /** Removes it, and returns when the next may come. */
    async remove(): Promise<void> {
        const { client } = this.cluster;
        await removeAll(client, this.objects);
        // Nobody waits for what these would still do.
        await client.request("DELETE", "/api/v1/namespaces/keep/pods?gracePeriodSeconds=0");
        await until("Keep is gone", 180_000, async () => {
            const names = namespacesOf(this.objects);
            const answers = await Promise.all(names.map((name) => client.request("GET", `/api/v1/namespaces/${name}`)));
            return answers.every(({ status }) => status === 404);
        });
    }

    /** Whether it has a part of that name. */
    has(component: string): boolean {
        return this.objects.some(
            ({ kind, metadata }) => kind === "Deployment" && componentOf(metadata.labels) === component,
        );
    }

    /** Address of a path of the API, as clients in the cluster use it. */
    url(path: string): string {
        return `http://keep-backend.keep.svc.cluster.local:8080${path}`;
    }

    /** Where alerts are posted, and as whom. */
    get webhook(): Pick<Load, "url" | "headers"> {
        return { url: this.url("/alerts/event"), headers: this.as("webhook") };
    }

    /** Headers of a role's key. */
    as(role: keyof typeof KEYS): Readonly<Record<string, string>> {
        return { "x-api-key": KEYS[role] };
    }

    /** Asks the API, as an administrator. */
    async ask(client: Client, path: string, request: Omit<Request, "url"> = {}): Promise<Answer> {
        return await client.request({ ...request, url: this.url(path), headers: this.as("admin") });
    }

    /** Runs Python in a running pod of the API, which knows the database and has its driver. */
    async python(code: string): Promise<string> {
        const selector = "app.kubernetes.io/component=backend,app.kubernetes.io/name=keep";
        const [pod] = await podNames(this.cluster.client, "keep", selector);
        if (pod === undefined) throw new Error("no pod of the API is running");
        const { name: container } = this.backendContainer;
        return await runIn(this.cluster.kubeconfig, { namespace: "keep", pod, container }, ["python", "-c", code]);
    }

    /** Rows that a statement finds or changes in the database. */
    async rows<Row>(sql: string, row: z.ZodType<Row>): Promise<readonly Row[]> {
        const printed = await this.python(
            [
                "import json, os, sqlalchemy",
                'with sqlalchemy.create_engine(os.environ["DATABASE_CONNECTION_STRING"]).begin() as connection:',
                `    rows = connection.exec_driver_sql(${JSON.stringify(sql)}).mappings().all()`,
                "print(json.dumps([dict(row) for row in rows], default=str))",
            ].join("\n"),
        );
        return z.array(row).parse(JSON.parse(printed));
    }

    /** How often each alert is stored, by its fingerprint. */
    async storedAlerts(): Promise<ReadonlyMap<string, number>> {
        const row = z.object({ fingerprint: z.string(), count: z.number() });
        const rows = await this.rows("select fingerprint, count(*) as count from alert group by fingerprint", row);
        return new Map(rows.map(({ fingerprint, count }) => [fingerprint, count]));
    }

    /** Key by which browsers find the websocket server's app. */
    get pusherKey(): string {
        const found = this.backendContainer.env.find(({ name }) => name === "PUSHER_APP_KEY");
        if (found?.value === undefined) throw new Error("the API has no PUSHER_APP_KEY");
        return found.value;
    }

    private get backendContainer(): z.infer<typeof container> {
        const backend = this.objects.find(
            ({ kind, metadata }) => kind === "Deployment" && metadata.name === "keep-backend",
        );
        const [first] = deployment.parse(backend).spec.template.spec.containers;
        if (first === undefined) throw new Error("the API has no container");
        return first;
    }
}
