import { ApiException, KubeConfig, KubernetesObjectApi, loadYaml, VersionApi } from "@kubernetes/client-node";

import { type ClusterChoice, clusterKubeconfig } from "../../../components/kubernetes/kubeconfig";
import { UserError } from "../../preview/userError";
import { type Cluster, type ClusterObject, MissingRight } from "./cluster";

/** The settings of the Kubernetes provider that choose the cluster and the user. */
export const CLUSTER_KEYS: readonly string[] = ["kubernetes:kubeconfig", "kubernetes:context", "kubernetes:cluster"];

/**
 * The cluster that Pulumi's Kubernetes provider would use
 * (https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/).
 * @param settings settings of the stack by full key, such as `kubernetes:context`
 * @throws UserError if the kubeconfig has no such context or cluster
 */
export function connect(settings: ReadonlyMap<string, string>): Cluster {
    const [kubeconfig = "", context = "", cluster = ""] = CLUSTER_KEYS.map((key) => settings.get(key));
    const loaded = load({ kubeconfig, context, cluster });
    const { server } = loaded.getCurrentCluster() ?? {};
    if (server === undefined) {
        throw new UserError(
            cluster !== "" && loaded.getContextObject(loaded.getCurrentContext()) !== null
                ? `The kubeconfig has no cluster ${cluster}. Set kubernetes:cluster to one that kubectl config get-clusters lists, or set kubernetes:context instead`
                : `The kubeconfig has ${context === "" ? "no current context" : `no context ${context}`}. Set KUBECONFIG, and set kubernetes:context to one that kubectl config get-contexts lists`,
        );
    }
    return new ApiServer(loaded, server);
}

function load(choice: ClusterChoice): KubeConfig {
    let loaded: KubeConfig | undefined;
    try {
        loaded = clusterKubeconfig({ KubeConfig, loadYaml }, choice);
    } catch (error) {
        if (error instanceof Error && "syscall" in error) {
            throw error;
        }
        // The error's own message contains lines of the file, which has credentials.
        throw new UserError("The kubeconfig is not valid. Check KUBECONFIG with kubectl config view");
    }
    if (loaded === undefined) {
        throw new UserError("There is no kubeconfig. Set KUBECONFIG to its path, or write it to ~/.kube/config");
    }
    return loaded;
}

class ApiServer implements Cluster {
    private readonly objects: KubernetesObjectApi;

    constructor(
        private readonly kubeconfig: KubeConfig,
        private readonly address: string,
    ) {
        this.objects = KubernetesObjectApi.makeApiClient(kubeconfig);
    }

    async version(): Promise<string> {
        const ask = () => this.kubeconfig.makeApiClient(VersionApi).getCode();
        try {
            return (await this.call("get", "the version", ask)).gitVersion;
        } catch (error) {
            throw codeOf(error) === 404 ? this.unusable(error) : error;
        }
    }

    async serves(apiVersion: string, kind: string): Promise<boolean> {
        try {
            await this.list(apiVersion, kind, undefined, 1);
            return true;
        } catch (error) {
            // A missing right to list the objects does not mean that their kind is unknown.
            return error instanceof MissingRight || (!isUnknownKind(error) && rethrow(error));
        }
    }

    async get(apiVersion: string, kind: string, name: string, namespace?: string): Promise<ClusterObject | undefined> {
        try {
            return await this.call(
                "get",
                kind,
                () => this.objects.read({ apiVersion, kind, metadata: { name, namespace: namespace ?? "" } }),
                namespace,
            );
        } catch (error) {
            return codeOf(error) === 404 || isUnknownKind(error) ? undefined : rethrow(error);
        }
    }

    async list(
        apiVersion: string,
        kind: string,
        namespace?: string,
        limit?: number,
    ): Promise<readonly ClusterObject[]> {
        const { items } = await this.call(
            "list",
            kind,
            () =>
                this.objects.list(
                    apiVersion,
                    kind,
                    namespace,
                    undefined,
                    undefined,
                    undefined,
                    undefined,
                    undefined,
                    limit,
                ),
            namespace,
        );
        return items.map((item) => ({ ...item }));
    }

    async rejection(object: ClusterObject): Promise<string | undefined> {
        try {
            await this.objects.create({ ...object }, undefined, "All");
            return undefined;
        } catch (error) {
            return (
                reasonOf(error) ??
                rethrow(this.explained(error, "create", String(object.kind), object.metadata?.namespace))
            );
        }
    }

    async create(object: ClusterObject): Promise<ClusterObject> {
        const create = () => this.objects.create({ ...object });
        return { ...(await this.call("create", String(object.kind), create, object.metadata?.namespace)) };
    }

    async delete(apiVersion: string, kind: string, name: string, namespace: string): Promise<void> {
        const object = { apiVersion, kind, metadata: { name, namespace } };
        const remove = () => this.objects.delete({ ...object }, undefined, undefined, 0);
        try {
            await this.call("delete", kind, remove, namespace);
        } catch (error) {
            // It was deleted meanwhile.
            if (codeOf(error) !== 404) {
                throw error;
            }
        }
    }

    private async call<T>(verb: string, kind: string, request: () => Promise<T>, namespace?: string): Promise<T> {
        try {
            return await request();
        } catch (error) {
            throw this.explained(error, verb, kind, namespace);
        }
    }

    /** The error of a request for the user; that of an unknown kind or object as it is. */
    private explained(error: unknown, verb: string, kind: string, namespace?: string): unknown {
        if (isUnknownKind(error)) {
            return error;
        }
        switch (codeOf(error)) {
            case 401:
                return new UserError(
                    `${this.address} rejects the credentials of the kubeconfig. Sign in to the cluster again`,
                );
            case 403:
                return new MissingRight(verb, kind, namespace);
            default:
                return this.unusable(error);
        }
    }

    private unusable(error: unknown): UserError {
        return new UserError(`${faultOf(error, this.address)}. Check kubectl cluster-info`);
    }
}

/** Codes of errors of the network, and of certificates of servers. */
const OF_NETWORK =
    /^(E(?!ACCES|IO|ISDIR|MFILE|NOENT|NOEXEC|NOTDIR|PERM|RR_)|ERR_(SSL|TLS)_|HPE_|.*CERT|DEPTH_|UNABLE_TO_)/;

/**
 * Why a request has no usable answer. Before it sends one, the client reads the files and runs the program that the kubeconfig
 * names. Messages of its own errors can contain the token, and are not shown.
 */
function faultOf(error: unknown, address: string): string {
    if (error instanceof ApiException) {
        return `${address} answers with the HTTP status ${error.code}`;
    }
    const { name, message, code, syscall } = describe(error);
    const [line = "its program for credentials gives no reason"] = message
        .split("\n")
        .filter((each) => each.trim() !== "");
    if (name === "FetchError" || OF_NETWORK.test(code ?? "")) {
        return `${address} cannot be reached (${code ?? line})`;
    }
    if (message.includes("legal HTTP header")) {
        return "The kubeconfig cannot be used (its token contains a character that no header can have, such as a line break)";
    }
    return error instanceof TypeError || error instanceof SyntaxError
        ? `${address}, or the program for credentials of the kubeconfig, gives no complete answer in JSON`
        : `The kubeconfig cannot be used (${code === undefined || syscall !== undefined ? line : code})`;
}

/** What errors of Node.js and of the client have. */
function describe(error: unknown): { name?: string; message: string; code?: string; syscall?: string } {
    return error instanceof Error ? error : { message: String(error) };
}

function codeOf(error: unknown): number | undefined {
    return error instanceof ApiException ? error.code : undefined;
}

/** Why the API server does not admit an object; undefined for other errors. */
function reasonOf(error: unknown): string | undefined {
    if (!(error instanceof ApiException) || ![400, 403, 422, 500].includes(error.code)) {
        return undefined;
    }
    const body: unknown = error.body;
    try {
        const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
        return typeof status === "object" && status !== null && "message" in status
            ? String(status.message)
            : undefined;
    } catch {
        return undefined;
    }
}

function isUnknownKind(error: unknown): boolean {
    return (
        codeOf(error) === 404 ||
        (error instanceof Error && error.message.startsWith("Unrecognized API version and kind"))
    );
}

function rethrow(error: unknown): never {
    throw error;
}
