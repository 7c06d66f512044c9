import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parseAllDocuments } from "yaml";
import { z } from "zod";

import { readAs } from "./api/apply";
import type { ApiClient, KubernetesObject } from "./api/client";
import { until } from "./api/wait";
import { conditions, holds } from "./checks/shapes";
import { cloudNativePgFolder, gatewayApiFolder } from "./control-plane/build";

const crd = z.looseObject({
    apiVersion: z.string(),
    kind: z.literal("CustomResourceDefinition"),
    metadata: z.looseObject({ name: z.string() }),
});

const established = z.object({ status: z.object({ conditions }).default({ conditions: [] }) });

/** Makes the API server know the kinds that Keep's ways in use; a cluster's own definitions stay. Returns what it added. */
export async function installCrds(client: ApiClient): Promise<readonly KubernetesObject[]> {
    const wanted = [gatewayApiFolder(), cloudNativePgFolder(), path.join(__dirname, "crds")].flatMap(readCrds);
    const there = await Promise.all(wanted.map((object) => client.read(object)));
    const added = wanted.filter((_, index) => there[index] === undefined);
    await Promise.all(added.map((object) => client.apply(object)));
    await until("the custom resource definitions are established", 180_000, async () => {
        const states = await Promise.all(added.map((object) => readAs(client, object, established)));
        return states.every((state) => state !== undefined && holds(state.status.conditions, "Established"));
    });
    return added;
}

function readCrds(folder: string): readonly KubernetesObject[] {
    return readdirSync(folder)
        .filter((file) => file.endsWith(".yaml"))
        .flatMap((file) => parseAllDocuments(readFileSync(path.join(folder, file), "utf8")))
        .flatMap((document) => {
            const result = crd.safeParse(document.toJS());
            return result.success ? [result.data] : [];
        });
}
