import { readFileSync } from "node:fs";
import path from "node:path";

import { parseAllDocuments } from "yaml";
import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { builtTool, moduleFolder, moduleVersion } from "../../cluster/goModules";

const MODULE = "cloudnative-pg";
const IMPORT = "github.com/cloudnative-pg/cloudnative-pg";

/** Path of CloudNativePG's manager: the operator, and the program that runs PostgreSQL in the operator's pods. */
export async function operatorProgram(): Promise<string> {
    return await builtTool({ name: "manager", module: MODULE, package: `${IMPORT}/cmd/manager` });
}

/** Image that is published of that manager. */
export function operatorImage(): string {
    return `ghcr.io/cloudnative-pg/cloudnative-pg:${operatorVersion()}`;
}

const object = z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string() }),
});

/** Manifests of that release, from its module, without the definitions. Nothing is pulled, since the nodes have the image. */
export function operatorObjects(): readonly KubernetesObject[] {
    const file = path.join(moduleFolder(MODULE, IMPORT), "releases", `cnpg-${operatorVersion()}.yaml`);
    const text = readFileSync(file, "utf8").replace("imagePullPolicy: Always", "imagePullPolicy: IfNotPresent");
    return parseAllDocuments(text)
        .map((document) => object.parse(document.toJS()))
        .filter(({ kind }) => kind !== "CustomResourceDefinition");
}

function operatorVersion(): string {
    return moduleVersion(MODULE, IMPORT).replace(/^v/, "");
}
