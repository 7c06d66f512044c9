import { createHash } from "node:crypto";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { bucketTrustsExtraCa } from "../database/cloudNativePgBackup";
import { type Release, scopeOf, secretName } from "../naming";
import type { KeepConfig } from "../settings/resolve";
import { computed, isToken, textToken } from "../tokens";
import { certificatesIn } from "./pem";
import type { Certificates } from "./settings";

/** The certificates in the settings, by the ends of the names of their objects. */
function authorities({ database, extraCa }: KeepConfig): Readonly<Record<Part, Certificates | undefined>> {
    return { "extra-ca": extraCa, "database-ca": database.kind === "external" ? database.tls?.ca : undefined };
}

type Part = "extra-ca" | "database-ca";

const SETTINGS: Readonly<Record<Part, string>> = { "extra-ca": "extraCa", "database-ca": "database.tls.ca" };

const KEY = "ca.pem";

/** Replaces certificates in the settings by references to the ConfigMaps of `createAuthorities`. */
export function withAuthorities(config: KeepConfig, release: Release): KeepConfig {
    const { "database-ca": databaseCa, "extra-ca": extraCa } = authorities(config);
    const { database } = config;
    return {
        ...config,
        extraCa: referenced("extra-ca", extraCa, config, release),
        database:
            database.kind === "external" && database.tls !== undefined
                ? { ...database, tls: { ...database.tls, ca: referenced("database-ca", databaseCa, config, release) } }
                : database,
    };
}

/** Certificates in the settings as a reference to the object that contains them. The operator of the database reads Secrets alone. */
function referenced(
    part: Part,
    given: Certificates | undefined,
    { database }: KeepConfig,
    release: Release,
): Certificates | undefined {
    if (given?.pem === undefined) {
        return given;
    }
    return part === "extra-ca" && bucketTrustsExtraCa(database)
        ? { secret: { name: hashedName(secretName(release, part), given.pem), key: KEY } }
        : { configMap: { name: hashedName(scopeOf(release, part).name, given.pem), key: KEY } };
}

/** Creates ConfigMaps with the certificates in the settings, or a Secret for the operator of the database. */
export function createAuthorities(
    name: string,
    config: KeepConfig,
    release: Release,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return Object.entries(authorities(config)).flatMap(([part, given]): pulumi.Resource[] => {
        if (given?.pem === undefined) {
            return [];
        }
        const { namespace, labels } = scopeOf(release, part);
        const data = { [KEY]: given.pem };
        const { configMap, secret } = referenced(part as Part, given, config, release) ?? {};
        if (secret !== undefined) {
            const metadata = { name: secret.name, namespace, labels };
            const args = { metadata, stringData: data, type: "Opaque" };
            return [new k8s.core.v1.Secret(`${name}-${part}-secret`, args, opts)];
        }
        const metadata = { name: configMap?.name, namespace, labels };
        return [new k8s.core.v1.ConfigMap(`${name}-${part}`, { metadata, data }, opts)];
    });
}

/**
 * Name of a ConfigMap or Secret, with a hash of the certificates. Processes read certificates when they start, and another name
 * restarts the pods.
 */
function hashedName(name: string, pem: string): string {
    const hash = computed(pem, (known) => createHash("sha256").update(known).digest("hex").slice(0, 8));
    // Some providers mark certificates as secret. A secret name would make all pods secret.
    const text = typeof hash === "string" ? hash : textToken(pulumi.unsecret(hash));
    return `${name}-${text}`;
}

/**
 * A warning about certificates that are not valid now; undefined if there are none. They are not rejected, because a
 * bundle can contain an old certificate and its successor, and an unchanged stack must not fail later.
 * @param namespace prefix of keys in messages
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
