import { Agent, request } from "node:https";
import { setTimeout } from "node:timers/promises";

import { z } from "zod";

import type { Connection } from "./kubeconfig";

/** A Kubernetes object as it is sent: what every one has, and whatever its kind adds. */
export interface KubernetesObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
}

/** What the API server answered, warnings included. */
export interface ApiResponse {
    readonly status: number;
    readonly body: unknown;
    /** Texts of the Warning headers: deprecated versions, Pod Security, unknown annotations … */
    readonly warnings: readonly string[];
}

/** Says that the API server refused something, in its own words. */
export class ApiError extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }
}

/** Name under which our fields are recorded in `managedFields`. */
const FIELD_MANAGER = "keep-on-pulumi-test";

/** How often a request is repeated while the server says that it has too many. */
const MOST_RETRIES = 30;

const refusal = z.object({ details: z.object({ causes: z.array(z.object({ reason: z.string() })) }) });

const resourceList = z.object({
    resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

interface ResourcePath {
    readonly plural: string;
    readonly namespaced: boolean;
}

/** Talks to a Kubernetes API server in plain HTTPS; enough of it for tests, and every answer in full. */
export class ApiClient {
    private readonly agent: Agent;
    private readonly discovered = new Map<string, ResourcePath>();

    constructor(private readonly connection: Connection) {
        const { ca, cert, key } = connection;
        this.agent = new Agent({ keepAlive: true, maxSockets: 16, ca, cert, key });
    }

    /**
     * Sends one request; any HTTP status is an answer, only a broken connection throws. A server that is busy, as it is at
     * the first request to each kind of a new CRD, is asked again after the time that it names.
     */
    async request(
        method: string,
        path: string,
        body?: unknown,
        contentType = "application/json",
    ): Promise<ApiResponse> {
        for (let retries = MOST_RETRIES; ; retries -= 1) {
            const { retryAfterSeconds, ...response } = await this.send(method, path, body, contentType);
            if (!isBusy(response) || retries === 0) return response;
            await setTimeout(retryAfterSeconds * 1000);
        }
    }

    private async send(
        method: string,
        path: string,
        body: unknown,
        contentType: string,
    ): Promise<ApiResponse & { readonly retryAfterSeconds: number }> {
        const payload = body === undefined ? undefined : JSON.stringify(body);
        const headers: Record<string, string> = { accept: "application/json" };
        if (this.connection.token !== undefined) headers.authorization = `Bearer ${this.connection.token}`;
        if (payload !== undefined) {
            headers["content-type"] = contentType;
            headers["content-length"] = Buffer.byteLength(payload).toString();
        }
        return await new Promise((resolve, reject) => {
            const sent = request(
                new URL(path, this.connection.server),
                { method, headers, agent: this.agent },
                (answer) => {
                    const chunks: Buffer[] = [];
                    answer.on("data", (chunk: Buffer) => chunks.push(chunk));
                    answer.on("error", reject);
                    answer.on("end", () => {
                        const text = Buffer.concat(chunks).toString("utf8");
                        const json = answer.headers["content-type"]?.includes("json") === true;
                        const parsed: unknown = json ? JSON.parse(text) : text;
                        resolve({
                            status: answer.statusCode ?? 0,
                            body: parsed,
                            warnings: warningsOf(answer.headersDistinct.warning),
                            retryAfterSeconds: Number(answer.headers["retry-after"] ?? 1),
                        });
                    });
                },
            );
            sent.on("error", reject);
            sent.end(payload);
        });
    }

    /**
     * Server-side apply with strict field validation: an unknown or doubled field is an error. Returns the warnings.
     * @param options `dryRun` has everything checked and nothing stored
     */
    async apply(
        object: KubernetesObject,
        { dryRun = false, manager }: { readonly dryRun?: boolean; readonly manager?: string } = {},
    ): Promise<readonly string[]> {
        // A manager of its own takes nothing over, as each resource of Pulumi's provider.
        const who = `fieldManager=${manager ?? FIELD_MANAGER}&force=${manager === undefined}`;
        const query = `${who}&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
        const path = `${await this.pathOf(object)}?${query}`;
        const { status, body, warnings } = await this.request("PATCH", path, object, "application/apply-patch+yaml");
        if (status >= 300) throw new ApiError(status, messageOf(body));
        return warnings;
    }

    /** Reads an object as it is now; undefined when it is not there. */
    async read(object: KubernetesObject): Promise<unknown> {
        const { status, body } = await this.request("GET", await this.pathOf(object));
        if (status === 404) return undefined;
        if (status >= 300) throw new ApiError(status, messageOf(body));
        return body;
    }

    /** Asks for an object to be removed, and does not wait for it. */
    async delete(object: KubernetesObject): Promise<void> {
        const { status, body } = await this.request(
            "DELETE",
            `${await this.pathOf(object)}?propagationPolicy=Background`,
        );
        if (status >= 300 && status !== 404) throw new ApiError(status, messageOf(body));
    }

    /** Where an object of this kind lives in the API. */
    async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
        const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        const { plural, namespaced } = await this.resourceOf(root, kind);
        const scope = namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
        return `${root}${scope}/${plural}/${metadata.name}`;
    }

    private async resourceOf(root: string, kind: string): Promise<ResourcePath> {
        const known = this.discovered.get(`${root} ${kind}`);
        if (known !== undefined) return known;
        const { status, body } = await this.request("GET", root);
        if (status === 404) throw new ApiError(404, `there is no ${root}, so no ${kind} either: is its CRD installed?`);
        for (const { name, kind: found, namespaced } of resourceList.parse(body).resources) {
            // A slash means a subresource, which may well show another kind.
            if (!name.includes("/")) this.discovered.set(`${root} ${found}`, { plural: name, namespaced });
        }
        const resource = this.discovered.get(`${root} ${kind}`);
        if (resource === undefined) throw new ApiError(404, `there is no ${kind} in ${root}`);
        return resource;
    }
}

/**
 * Whether the server has too many requests. An eviction that a PodDisruptionBudget forbids has the same status, and a cause of
 * its own: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
function isBusy({ status, body }: ApiResponse): boolean {
    const causes = refusal.safeParse(body).data?.details.causes ?? [];
    return status === 429 && !causes.some(({ reason }) => reason === "DisruptionBudget");
}

/** Cuts the code, agent and quotes off: `299 - "text"`, of which one header may hold several. */
function warningsOf(headers: readonly string[] | undefined): readonly string[] {
    const quoted = /\d{3} \S+ "((?:[^"\\]|\\.)*)"/g;
    return (headers ?? []).flatMap((header) =>
        [...header.matchAll(quoted)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")),
    );
}

function messageOf(body: unknown): string {
    const status = z.object({ message: z.string() }).safeParse(body);
    return status.success ? status.data.message : JSON.stringify(body);
}
