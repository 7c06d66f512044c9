import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import { z } from "zod";

/** How to reach an API server, and as whom. */
export interface Connection {
    readonly server: URL;
    readonly ca?: Buffer | undefined;
    readonly cert?: Buffer | undefined;
    readonly key?: Buffer | undefined;
    readonly token?: string | undefined;
}

const text = z.string().optional();

const schema = z.object({
    "current-context": z.string(),
    contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
    clusters: z.array(
        z.object({
            name: z.string(),
            cluster: z.object({
                server: z.string(),
                "certificate-authority": text,
                "certificate-authority-data": text,
            }),
        }),
    ),
    users: z.array(
        z.object({
            name: z.string(),
            user: z.object({
                token: text,
                tokenFile: text,
                "client-certificate": text,
                "client-certificate-data": text,
                "client-key": text,
                "client-key-data": text,
                exec: z.unknown().optional(),
            }),
        }),
    ),
});

/** Reads the current context of a kubeconfig: certificates and tokens, as kind, k3d and minikube write them. */
export function readKubeconfig(file: string): Connection {
    const config = schema.parse(parse(readFileSync(file, "utf8")));
    const context = config.contexts.find(({ name }) => name === config["current-context"])?.context;
    const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
    const user = config.users.find(({ name }) => name === context?.user)?.user;
    if (cluster === undefined || user === undefined) {
        throw new Error(
            `${file}: its current context "${config["current-context"]}" names a cluster or a user that is not in it.`,
        );
    }
    if (user.exec !== undefined) {
        throw new Error(
            `${file}: users that a command signs in (exec) are not supported here; use one with a certificate or a token.`,
        );
    }
    const content = (data: string | undefined, name: string | undefined) => {
        if (data !== undefined) return Buffer.from(data, "base64");
        return name === undefined ? undefined : readFileSync(path.resolve(path.dirname(file), name));
    };
    return {
        server: new URL(cluster.server),
        ca: content(cluster["certificate-authority-data"], cluster["certificate-authority"]),
        cert: content(user["client-certificate-data"], user["client-certificate"]),
        key: content(user["client-key-data"], user["client-key"]),
        token: user.token ?? content(undefined, user.tokenFile)?.toString("utf8").trim(),
    };
}
