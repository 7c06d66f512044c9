import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { ApiClient } from "../../cluster/api/client";
import { settledFindings } from "../../cluster/api/wait";
import { runningFindings } from "../../cluster/checks/running";
import type { TestCluster } from "../../cluster/connection";
import { PUBLISHED } from "../published";
import { type Running, startIn, runIn } from "./exec";

const answer = z.object({ status: z.number(), body: z.string() });
const posted = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** What Keep answered; a status of 0 is a connection that failed. */
export type Answer = z.infer<typeof answer>;

/** One alert that was sent: its number, when, what was answered, and after how many seconds. */
export interface Posted {
    readonly number: number;
    readonly at: number;
    readonly status: number;
    readonly seconds: number;
}

/** A request as a client in the cluster sends it. */
export interface Request {
    readonly url: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    /** How long to wait for an answer; a minute unless it says so. */
    readonly seconds?: number;
}

/** Alerts that are posted, so many a second. */
export interface Load {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly rate: number;
    /** How the fingerprint of each alert begins; its number follows after a hyphen. */
    readonly prefix: string;
    /** How many in all, then; without it, until the load is stopped. */
    readonly count?: number;
}

/** A pod in a namespace of its own that talks to Keep as anybody else in the cluster does: by names and Services. */
export class Client {
    private constructor(
        private readonly cluster: TestCluster,
        readonly namespace: string,
    ) {}

    /** Starts it. `namespace` is what a NetworkPolicy knows it by; `node` keeps it on one node. */
    static async start(cluster: TestCluster, namespace: string, node?: string): Promise<Client> {
        const metadata = { name: "client", namespace };
        const code = readFileSync(path.join(__dirname, "client.py"), "utf8");
        const pod = podOf(node);
        const objects = [
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "client.py": code } },
            { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: pod },
        ];
        for (const object of objects) await cluster.client.apply(object);
        const findings = await settledFindings(300_000, () => runningFindings(cluster.client, objects));
        if (findings.length > 0) throw new Error(findings.join("\n"));
        return new Client(cluster, namespace);
    }

    /** Sends one request and returns the answer. */
    async request({ method = "GET", body, headers = {}, url, seconds = 60 }: Request): Promise<Answer> {
        const json = body === undefined ? {} : { "content-type": "application/json" };
        const wanted = { method, url, headers: { ...json, ...headers }, body: body && JSON.stringify(body), seconds };
        const printed = await runIn(this.cluster.kubeconfig, await this.place(), this.command("request"), line(wanted));
        return answer.parse(JSON.parse(printed));
    }

    /** Subscribes to a channel of the websocket server and tells of each event until it is closed. */
    async listen(
        wanted: { socket: string; auth: string; channel: string; headers: Readonly<Record<string, string>> },
        onEvent: (event: string) => void,
    ): Promise<Running> {
        const tell = (text: string) => {
            onEvent(z.string().parse(JSON.parse(text)));
        };
        return startIn(this.cluster.kubeconfig, await this.place(), this.command("listen"), line(wanted), tell);
    }

    /** Posts alerts until the returned function is called, which returns what became of each. */
    async load(wanted: Load): Promise<() => Promise<readonly Posted[]>> {
        const command = this.command("load");
        const running = startIn(this.cluster.kubeconfig, await this.place(), command, line(wanted));
        return async () => {
            running.end();
            const lines = (await running.finished).trim().split("\n");
            return lines.map((text) => {
                const [number, at, status, seconds] = posted.parse(JSON.parse(text));
                return { number, at, status, seconds };
            });
        };
    }

    private async place() {
        const [pod = ""] = await podNames(this.cluster.client, this.namespace, "app=client");
        return { namespace: this.namespace, pod, container: "client" };
    }

    private command(name: string): readonly string[] {
        return ["python", "/client/client.py", name];
    }
}

function line(value: unknown): string {
    return `${JSON.stringify(value)}\n`;
}

function podOf(node: string | undefined): object {
    const labels = { app: "client" };
    return {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
            metadata: { labels },
            spec: {
                ...(node === undefined ? {} : { nodeSelector: { "kubernetes.io/hostname": node } }),
                terminationGracePeriodSeconds: 0,
                containers: [
                    {
                        name: "client",
                        image: PUBLISHED.backend.reference,
                        command: ["python", "-c", "import signal; signal.pause()"],
                        env: [{ name: "PYTHONPYCACHEPREFIX", value: "/tmp" }],
                        volumeMounts: [{ name: "client", mountPath: "/client" }],
                    },
                ],
                volumes: [{ name: "client", configMap: { name: "client" } }],
            },
        },
    };
}

const podList = z.object({
    items: z.array(
        z.object({
            metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
            status: z.object({ phase: z.string() }),
        }),
    ),
});

/** Names of the running pods with some labels; those that are on their way out are none. */
export async function podNames(client: ApiClient, namespace: string, selector: string): Promise<readonly string[]> {
    const query = `labelSelector=${encodeURIComponent(selector)}`;
    const { body } = await client.request("GET", `/api/v1/namespaces/${namespace}/pods?${query}`);
    return podList
        .parse(body)
        .items.filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase === "Running")
        .map(({ metadata }) => metadata.name);
}
