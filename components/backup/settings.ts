import type * as pulumi from "@pulumi/pulumi";
import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import { type Destinations, type Egress, peersFor } from "../fields/traffic";
import { azure } from "./azure";
import { gcs } from "./gcs";
import type { BackupArgs, BackupKind, DumpServer } from "./kind";
import { none } from "./none";
import { s3 } from "./s3";
import { snapshot } from "./snapshot";
import { volume } from "./volume";

/** All kinds of backup. */
const all = { none, volume, s3, gcs, azure, snapshot };

/** Schema of `keep:backup`. */
export const backup = unionOfKinds(Object.values(all));

/** `keep:backup`, validated and with defaults. */
export type BackupConfig = z.infer<typeof backup>;

type Kind = BackupConfig["kind"];
type ByKind = { readonly [K in Kind]: Extract<BackupConfig, { kind: K }> };
type Settings<K extends Kind> = { readonly kind: K } & ByKind[K];

const kinds: { readonly [K in Kind]: BackupKind<ByKind[K]> } = all;

/** Whether backups are dumps, which a client of the database creates. */
export function makesDumps({ kind }: Pick<BackupConfig, "kind">): boolean {
    return kinds[kind].makesDumps;
}

/** The server of dumps; undefined if dumps connect to the address of the database. */
export function dumpServer(backup: BackupConfig): DumpServer | undefined {
    return "server" in backup ? backup.server : undefined;
}

/** Connections of a backup's pods other than those to the address of the database. */
export function backupEgress<K extends Kind>(backup: Settings<K>, destinations: Destinations): readonly Egress[] {
    const server = dumpServer(backup);
    return [
        ...(kinds[backup.kind].egress?.(backup, destinations) ?? []),
        ...(server === undefined
            ? []
            : [{ from: ["backup"] as const, to: peersFor(destinations.database, [server.port], server.host) }]),
    ];
}

/** Creates the objects of the backup; none for the kind `none`. */
export function createBackup<K extends Kind>(
    name: string,
    args: BackupArgs<Settings<K>>,
    opts: pulumi.ComponentResourceOptions,
): void {
    kinds[args.backup.kind].create(name, args, opts);
}
