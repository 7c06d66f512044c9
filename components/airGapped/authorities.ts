import { createHash } from "node:crypto";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { type Release, scopeOf } from "../naming";
import type { KeepConfig } from "../settings/resolve";
import { computed, isToken, textToken } from "../tokens";
import { certificatesIn } from "./pem";
import type { Certificates } from "./settings";

/** The settings that name certificates, by the part of the release that their ConfigMap is. */
function authorities({ database, extraCa }: KeepConfig): Readonly<Record<Part, Certificates | undefined>> {
    return { "extra-ca": extraCa, "database-ca": database.kind === "external" ? database.tls?.ca : undefined };
}

type Part = "extra-ca" | "database-ca";

const SETTINGS: Readonly<Record<Part, string>> = { "extra-ca": "extraCa", "database-ca": "database.tls.ca" };

const KEY = "ca.pem";

/** The configuration with a reference to a ConfigMap of `createAuthorities` in the place of each text of certificates. */
export function withAuthorities(config: KeepConfig, release: Release): KeepConfig {
    const { "database-ca": databaseCa, "extra-ca": extraCa } = authorities(config);
    const { database } = config;
    return {
        ...config,
        extraCa: referenced("extra-ca", extraCa, release),
        database:
            database.kind === "external" && database.tls !== undefined
                ? { ...database, tls: { ...database.tls, ca: referenced("database-ca", databaseCa, release) } }
                : database,
    };
}

function referenced(part: Part, given: Certificates | undefined, release: Release): Certificates | undefined {
    return given?.pem === undefined
        ? given
        : { configMap: { name: configMapName(part, given.pem, release), key: KEY } };
}

/** Creates a ConfigMap for each text of certificates. */
export function createAuthorities(
    name: string,
    config: KeepConfig,
    release: Release,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return Object.entries(authorities(config)).flatMap(([part, given]) => {
        if (given?.pem === undefined) {
            return [];
        }
        const { namespace, labels } = scopeOf(release, part);
        const metadata = { name: configMapName(part as Part, given.pem, release), namespace, labels };
        return [new k8s.core.v1.ConfigMap(`${name}-${part}`, { metadata, data: { [KEY]: given.pem } }, opts)];
    });
}

/** Processes read certificates when they start: other certificates have another name, with which the pods start anew. */
function configMapName(part: Part, pem: string, release: Release): string {
    const hash = computed(pem, (known) => createHash("sha256").update(known).digest("hex").slice(0, 8));
    // Some providers mark certificates as secret. Of a secret name, all pods would be.
    const text = typeof hash === "string" ? hash : textToken(pulumi.unsecret(hash));
    return `${scopeOf(release, part).name}-${text}`;
}

/**
 * Certificates that are not valid now, as a warning; undefined without any. They are not rejected: a bundle may have an old one beside
 * its successor, and a stack that nobody changed must not fail on a later day.
 * @param namespace what precedes the names of settings
 */
export function expiredNote(namespace: string, config: KeepConfig, now = new Date()): string | undefined {
    const notes = Object.entries(authorities(config)).flatMap(([part, given]) =>
        certificatesOf(given).flatMap((certificate, index) => {
            const [from, to] = [new Date(certificate?.validFrom ?? now), new Date(certificate?.validTo ?? now)];
            return from <= now && now <= to
                ? []
                : [
                      `${namespace}${SETTINGS[part as Part]}.pem: certificate ${index + 1} is valid from ${from.toISOString()} to ${to.toISOString()} only. Replace it`,
                  ];
        }),
    );
    return notes.length === 0 ? undefined : notes.join("\n");
}

function certificatesOf({ pem }: Certificates = {}): ReturnType<typeof certificatesIn> {
    return pem === undefined || isToken(pem) ? [] : certificatesIn(pem);
}
