import path from "node:path";

import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { readFileSync } from "node:fs";

import type { KubernetesObject } from "../../cluster/api/client";
import { builtTool, moduleFolder, moduleVersion } from "../../cluster/goModules";

const MODULE = "traefik";
const IMPORT = "github.com/traefik/traefik/v3";

/** Path of Traefik itself, built from its pinned Go module on first use. */
export async function traefikProgram(): Promise<string> {
    return await builtTool({ name: "traefik", module: MODULE, package: `${IMPORT}/cmd/traefik` });
}

/** Image that is published of the Traefik of that module. */
export function traefikImage(): string {
    return `docker.io/library/traefik:${moduleVersion(MODULE, IMPORT)}`;
}

/** Traefik's own definitions of its kinds, as its module carries them. */
export function traefikCrds(): readonly KubernetesObject[] {
    const folder = path.join(moduleFolder(MODULE, IMPORT), "docs/content/reference/dynamic-configuration");
    const text = readFileSync(path.join(folder, "kubernetes-crd-definition-v1.yml"), "utf8");
    const crd = z.looseObject({
        apiVersion: z.string(),
        kind: z.literal("CustomResourceDefinition"),
        metadata: z.looseObject({ name: z.string() }),
    });
    return parseAllDocuments(text).map((document) => crd.parse(document.toJS()));
}

/** Reads Ingress, its own kinds and the Gateway API of a cluster, and listens on two ports, of loopback unless a host is named. */
export function traefikArguments(
    ports: { readonly http: number; readonly https: number },
    host = "127.0.0.1",
): readonly string[] {
    return [
        `--entryPoints.web.address=${host}:${ports.http}`,
        `--entryPoints.websecure.address=${host}:${ports.https}`,
        // As Traefik's chart has it: an Ingress whose annotations say nothing of TLS needs it.
        "--entryPoints.websecure.http.tls=true",
        "--providers.kubernetesIngress=true",
        "--providers.kubernetesCRD=true",
        "--providers.kubernetesGateway=true",
        "--providers.providersThrottleDuration=200ms",
        "--global.checkNewVersion=false",
        "--global.sendAnonymousUsage=false",
    ];
}
