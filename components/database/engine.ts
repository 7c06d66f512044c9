import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as z from "zod";

import type { ImageName } from "../fields/images";
import type { Issue } from "../fields/issue";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import type { Resources } from "../kubernetes/pod";
import type { Size } from "../size/sizes";
import type { Driver } from "./drivers/driver";
import type { ServerSettings } from "./fields";

/**
 * A database engine. To add an engine, create a value of this type in a new file, and add it to `engines`. Schema,
 * presets, connection check, dumps and documentation use this list.
 */
export interface Engine<S extends ServerSchema = ServerSchema> {
    /** Kind in `keep:database`, and name of the image in `keep:images`. */
    readonly kind: ImageName;
    /** Name in messages and documents. */
    readonly title: string;
    /** Schema of `keep:database` for a server in the cluster. */
    readonly schema: S;
    /** Dialect and driver of its URLs (https://docs.sqlalchemy.org/en/20/dialects/). */
    readonly scheme: string;
    /** Default port. */
    readonly port: number;
    /** Driver of its URLs in Keep's image. */
    readonly driver: Driver;
    /** Parameters of all URLs. */
    readonly urlParameters: UrlParameters;
    /**
     * URL parameters with which the driver uses TLS.
     * @param ca path of the authorities' certificates
     */
    readonly tlsParameters: (mode: TlsMode, ca: string) => UrlParameters;
    /**
     * URL parameters that another setting of `keep:database` sets, by that setting; in lower case. Those of `tls` are
     * allowed without `tls`.
     */
    readonly decidedParameters: Readonly<Record<string, readonly string[]>>;
    /**
     * Shell script that `dump.sh` and `restore.sh` in `components/backup` source. It sets EXTENSION, and defines the
     * functions `dump FILE` and `restore FILE` for the database at DATABASE_CONNECTION_STRING. Undefined: dumps are not
     * supported.
     */
    readonly dumpScript: (() => string) | undefined;
    /** How the columns of Keep's tables store text. */
    readonly text: TextColumns;
    /** Connections of a server with these parameters; undefined: not limited by a parameter. */
    readonly connections: (settings: ServerParameters) => Connections | undefined;
    /** Defaults of each `keep:size` for a server in the cluster. */
    readonly presets: Readonly<Record<Size, ServerPreset>>;
    /** How to recognize data of Keep's Helm chart on a claim; undefined: the chart does not support the engine. */
    readonly adoption: { /** File or directory in the data directory. */ readonly marker: string } | undefined;
    /** How the server runs in a pod. */
    readonly server: EngineServer;
}

type ServerSchema = z.ZodType<ServerSettings & { readonly kind: string }>;

/** How the columns of Keep's tables store text. */
export interface TextColumns {
    /** Whether texts are equal that differ only in case or accents. */
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

/** How a client verifies a server's certificate. */
export type TlsMode = "require" | "verify-ca" | "verify-full";

/** Connections of a server. */
export interface Connections {
    readonly max: number;
    /** Number of these that are reserved for superusers. */
    readonly reserved: number;
    /** Parameter that sets the maximum; default: max_connections. */
    readonly parameter?: string;
}

/** Defaults of a size for a server. */
export interface ServerPreset {
    readonly resources?: Resources;
    readonly settings?: Readonly<Record<string, string | number>>;
}

/** User, database and password with which a server starts. */
export interface Credentials {
    readonly database: string;
    readonly user: string;
    readonly password: SecretKeyRef;
}

/** How an engine runs in a pod. */
export interface EngineServer {
    /**
     * User ID of the server in the image. PostgreSQL requires that its user owns the data, and Kubernetes changes only
     * the group of a volume. With another ID, the server could not open existing volumes.
     */
    readonly user: number;
    /** Where the volume is mounted. */
    readonly mountPath: string;
    /**
     * Data directory in `mountPath`. It is not `mountPath` itself, which can contain lost+found: servers only
     * initialize empty directories.
     */
    readonly directory: string;
    /** Other directories to which the server writes, by the name of their volume. */
    readonly scratch: Readonly<Record<string, string>>;
    /** Directory for shared memory. The container's default of 64 MiB is too small for parallel queries. */
    readonly sharedMemory?: string;
    /** Server parameters for all sizes. */
    readonly settings: ServerParameters;
    /** Server parameters that users cannot set, with underscores. `all`: the server has no parameters at its start. */
    readonly decidedSettings: readonly string[] | "all";
    /**
     * Prefixes that the server accepts before any parameter, such as `loose_`. Such a server also accepts abbreviated
     * names.
     */
    readonly prefixes?: readonly string[];
    /** Conditions on the parameters of the server in an image; none for a version that is not known. */
    readonly checks?: (image: string) => ParameterChecks;
    /** Default requests and limits. */
    readonly resources: Resources;
    /** Memory limit below which the server does not start, or the kernel ends it at rest. */
    readonly leastMemory: (settings: ServerParameters) => string;
    readonly env: (credentials: Credentials, dataDirectory: string) => Env;
    /** The message for a password that the server does not accept for its user, which does not contain the password. */
    readonly passwordFault?: (password: string) => string | undefined;
    /** Command of the server, before `args`; undefined: that of the image. */
    readonly command?: () => readonly string[];
    /** Command that runs before each start, with the image, environment and volumes of the server. */
    readonly beforeStart?: () => readonly string[];
    readonly args: (settings: ServerParameters, dataDirectory: string) => readonly string[];
    /** Probe that succeeds when the server accepts connections, but not during its initialization. */
    readonly health: (config: ServerSettings) => readonly string[];
    /** Command that creates the database, with the server's environment and `HOST`; undefined: the image creates it. */
    readonly createDatabase?: (config: ServerSettings) => readonly string[];
}

/** Conditions on the parameters of a server of some version. */
export interface ParameterChecks {
    /** Why the server does not start with a valid value, or Keep cannot work with it; undefined if both do. */
    readonly fault?: (name: string, value: string) => string | undefined;
    /** Issues of parameters that are valid one by one, but not together or not on the volume. */
    readonly together?: (config: ServerSettings) => readonly (Issue | false)[];
    /** The issue of a cache that does not fit into the limit of the container. */
    readonly cache?: (settings: ServerParameters, resources: Resources) => Issue | false;
}

/** Parses digits; NaN for any other format, because servers differ in how they read it. */
export function wholeNumber(digits: string | undefined): number {
    return digits !== undefined && /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Reads a shell script in this folder. */
export function script(...path: readonly string[]): string {
    return readFileSync(join(__dirname, ...path), "utf8");
}

/** Resources of a server for sizes above small: the given requests, and limits of 8 CPUs and 32 GiB. */
export function reserving(cpu: string, memory: string): Resources {
    return { requests: { cpu, memory }, limits: { cpu: "8", memory: "32Gi" } };
}
