import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as z from "zod";

import type { ImageName } from "../fields/images";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import type { Resources } from "../kubernetes/pod";
import type { Size } from "../size/sizes";
import type { ServerSettings } from "./fields";

/**
 * Everything that this project knows of one database engine. A new engine is one value of this type in a file of its own, and an
 * entry in `engines`: schema, presets, connection check, dumps and documentation follow from it.
 */
export interface Engine<S extends ServerSchema = ServerSchema> {
    /** Its kind in `keep:database`, and its image in `keep:images`. */
    readonly kind: ImageName;
    /** Its name in prose. */
    readonly title: string;
    /** `keep:database` of a server in the cluster. */
    readonly schema: S;
    /** Dialect and driver of its URLs (https://docs.sqlalchemy.org/en/20/dialects/). */
    readonly scheme: string;
    /** Port that it listens on. */
    readonly port: number;
    /** Parameters of every URL. */
    readonly urlParameters: UrlParameters;
    /**
     * Parameters by which its driver uses TLS.
     * @param ca Path of the authorities' certificates.
     */
    readonly tlsParameters: (mode: TlsMode, ca: string) => UrlParameters;
    /**
     * URL parameters that another setting of `keep:database` decides, by that setting; in lower case. Those of `tls` are free
     * without it.
     */
    readonly decidedParameters: Readonly<Record<string, readonly string[]>>;
    /**
     * Shell that `dump.sh` and `restore.sh` of `operations/backup` source: sets EXTENSION, and defines the functions `dump FILE` and
     * `restore FILE` for the database of DATABASE_CONNECTION_STRING. Undefined where this project makes no dumps.
     */
    readonly dumpScript: (() => string) | undefined;
    /** How the columns of Keep's tables store text. */
    readonly text: TextColumns;
    /** Connections that a server with these parameters has for Keep's user; undefined where no parameter limits them. */
    readonly connections: (settings: ServerParameters) => Connections | undefined;
    /** What each `keep:size` sets for a server in the cluster. Explicit settings take precedence. */
    readonly presets: Readonly<Record<Size, ServerPreset>>;
    /** How Keep's Helm chart recognises its data on a claim; undefined where the chart does not run this engine. */
    readonly adoption: { /** File or directory below the data. */ readonly marker: string } | undefined;
    /** How it runs in a pod. */
    readonly server: EngineServer;
}

type ServerSchema = z.ZodType<ServerSettings & { readonly kind: string }>;

/** How the columns of Keep's tables store text. */
export interface TextColumns {
    /** Whether texts are equal that differ in case or accents only. */
    readonly ignoresCase: boolean;
    /** Characters of a column without a length in Keep's models; undefined: no limit. */
    readonly length?: number;
    /** Bytes of a column of the type TEXT; undefined: no limit. */
    readonly bytes?: number;
}

/** Query parameters of a database URL, by name. */
export type UrlParameters = Readonly<Record<string, string>>;

/** Parameters of a database server, by name. */
export type ServerParameters = Readonly<Record<string, string>>;

/** How much a client asks of a server's certificate. */
export type TlsMode = "require" | "verify-ca" | "verify-full";

/** Connections of a server. */
export interface Connections {
    readonly max: number;
    /** Of these, connections that Keep's user cannot have. */
    readonly reserved: number;
}

/** What a size sets for a server. */
export interface ServerPreset {
    readonly resources?: Resources;
    readonly settings?: Readonly<Record<string, string | number>>;
}

/** User, database and password that a server is started with. */
export interface Credentials {
    readonly database: string;
    readonly user: string;
    readonly password: SecretKeyRef;
}

/** How an engine runs in a pod. */
export interface EngineServer {
    /**
     * User id that the image runs the server as. PostgreSQL starts only on data that belong to its user, and Kubernetes changes the
     * groups on a volume only: with another id, disks made before could not be opened.
     */
    readonly user: number;
    /** Where the volume is mounted. */
    readonly mountPath: string;
    /** Directory of the data below `mountPath`, which itself may hold lost+found: servers refuse to initialise such a directory. */
    readonly directory: string;
    /** Directories that the server writes to beside its data, by the name of their volume. */
    readonly scratch: Readonly<Record<string, string>>;
    /** Where its processes share memory by files. The 64 MiB that a container has there are too few for parallel queries. */
    readonly sharedMemory?: string;
    /** Server parameters at every size. */
    readonly settings: ServerParameters;
    /** Server parameters that the program decides, with underscores; all of a server that takes none at its start. */
    readonly decidedSettings: readonly string[] | "all";
    /** Words that it takes before any name, each with an underscore. Such a server also takes the beginning of a name for the whole. */
    readonly prefixes?: readonly string[];
    /** Requests and limits without a preset. */
    readonly resources: Resources;
    readonly env: (credentials: Credentials, dataDirectory: string) => Env;
    /** Command of the server, where it is not the image's own; `args` follow it. */
    readonly command?: () => readonly string[];
    /** Command that runs in the server's image before each start, with its environment and its volumes. */
    readonly beforeStart?: () => readonly string[];
    readonly args: (settings: ServerParameters, dataDirectory: string) => readonly string[];
    /** Succeeds once the server answers over the network, and not during its own initialisation. */
    readonly health: (config: ServerSettings) => readonly string[];
    /** Command that creates the database, where the image does not. It has the server's environment, and `HOST`. */
    readonly createDatabase?: (config: ServerSettings) => readonly string[];
}

/** The number that digits stand for; NaN for any other form, which servers read in ways of their own. */
export function wholeNumber(digits: string | undefined): number {
    return digits !== undefined && /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** A shell script of this room, read when it is needed. */
export function script(...path: readonly string[]): string {
    return readFileSync(join(__dirname, ...path), "utf8");
}

/** Resources of a server above size small: 8 CPUs and 32 GiB at most, of which `cpu` and `memory` are reserved. */
export function reserving(cpu: string, memory: string): Resources {
    return { requests: { cpu, memory }, limits: { cpu: "8", memory: "32Gi" } };
}
