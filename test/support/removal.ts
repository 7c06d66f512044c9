import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { devNull, tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { dynamic } from "@pulumi/pulumi";
import { parse, stringify } from "yaml";

import { minimal, deployStack } from "./config";

/** How the removal is told of the cluster, and how the cluster behaves. */
export interface RemovalConditions {
    /**
     * What `kubernetes:kubeconfig` holds: the text in YAML or JSON, or its path, also below `~/`; `ambient` and `list`:
     * nothing, as KUBECONFIG has the path, alone or between a missing file and one with another current context.
     */
    readonly kubeconfig?: "yaml" | "json" | "path" | "home" | "ambient" | "list";
    /** `kubernetes:context`. */
    readonly context?: string;
    /** `kubernetes:cluster`. */
    readonly cluster?: string;
    /** Secrets that are listed, and gone when they are to be deleted. */
    readonly gone?: readonly string[];
    /** What the API server refuses. */
    readonly forbidden?: "GET" | "DELETE";
}

/** Pulumi's own way from the text in the state to a provider (cmd/dynamic-provider of its SDK). */
const load = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (text: string) => {
    readonly handler: () => dynamic.ResourceProvider;
};

/** Type of the resource that acts at destroy. */
export const REMOVAL = "pulumi-nodejs:dynamic/keep:SecretRemoval";

/** Destroys the removal of a stack, from the copy that Pulumi would keep of it, against an API server of our own. */
export async function removalIn(
    namespace: string,
    secrets: readonly object[],
    conditions: RemovalConditions = {},
): Promise<{ readonly requests: readonly string[] }> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
        requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
        answer(request, response, secrets, conditions);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const directory = mkdtempSync(join(tmpdir(), "kubeconfig-"));
    const ambient = { HOME: process.env.HOME, KUBECONFIG: process.env.KUBECONFIG };
    try {
        const path = join(directory, "config");
        writeFileSync(path, kubeconfigOf(server));
        const other = join(directory, "other");
        writeFileSync(
            other,
            kubeconfigOf(server)
                .replaceAll("first", "third")
                .replace("current-context: third", "current-context: second"),
        );
        process.env.HOME = directory;
        process.env.KUBECONFIG =
            conditions.kubeconfig === "ambient"
                ? path
                : [join(directory, "missing"), path, other]
                      .filter(() => conditions.kubeconfig === "list")
                      .join(delimiter);
        const { provider, inputs } = await recorded(namespace, conditions, path);
        await provider.delete?.("id", inputs);
    } finally {
        for (const [name, value] of Object.entries(ambient)) {
            if (value === undefined) {
                Reflect.deleteProperty(process.env, name);
            } else {
                process.env[name] = value;
            }
        }
        rmSync(directory, { recursive: true });
        server.closeAllConnections();
        server.close();
    }
    return { requests };
}

/** What Pulumi asks before it does something with the removal of a stack. */
export async function removalOf(namespace: string): Promise<dynamic.ResourceProvider> {
    return (await recorded(namespace, { kubeconfig: "ambient" }, devNull)).provider;
}

/** The provider and its inputs, as the program gives them to the engine. */
async function recorded(namespace: string, { kubeconfig = "yaml", context, cluster }: RemovalConditions, path: string) {
    const stack = minimal({ secretStore: { kind: "kubernetes", namespace, acceptShared: true } });
    const yaml = readFileSync(path, "utf8");
    const given = { yaml, json: JSON.stringify(parse(yaml)), path, home: "~/config", ambient: "", list: "" }[
        kubeconfig
    ];
    const { resources } = await deployStack({
        ...stack,
        config: {
            ...stack.config,
            ...(given === "" ? {} : { "kubernetes:kubeconfig": given }),
            ...(context === undefined ? {} : { "kubernetes:context": context }),
            ...(cluster === undefined ? {} : { "kubernetes:cluster": cluster }),
        },
    });
    const removal = resources.find(({ type }) => type === REMOVAL);
    if (typeof removal?.inputs.__provider !== "string") {
        throw new Error("the program has no removal");
    }
    return { provider: load(removal.inputs.__provider).handler(), inputs: removal.inputs };
}

/** Two contexts for one server, the second below a path of its own. */
function kubeconfigOf(server: Server): string {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const names = ["first", "second"];
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "first",
        clusters: names.map((name) => ({
            name,
            // Plain HTTP is taken only from those who say that they want no TLS.
            cluster: { server: name === "first" ? address : `${address}/${name}` },
        })),
        contexts: names.map((name) => ({ name, context: { cluster: name, user: "me" } })),
        users: [{ name: "me", user: { token: "t" } }],
    });
}

function answer(
    { method, url = "" }: IncomingMessage,
    response: ServerResponse,
    secrets: readonly object[],
    { gone = [], forbidden }: RemovalConditions,
): void {
    const isGone = method === "DELETE" && gone.some((name) => url.endsWith(`/${name}`));
    const code = method === forbidden ? 403 : isGone ? 404 : 200;
    const body =
        code === 200 && method === "GET"
            ? { apiVersion: "v1", kind: "SecretList", metadata: {}, items: secrets }
            : { apiVersion: "v1", kind: "Status", status: code === 200 ? "Success" : "Failure", code };
    response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}
