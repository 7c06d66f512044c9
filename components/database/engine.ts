import type { ServerConfig } from "./settings";
import type { ImageName } from "../fields/images";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import type { Resources } from "../kubernetes/pod";
import type { Dialect } from "./url";

/** What the container of a database server is told of its user. */
export interface Credentials {
    readonly database: string;
    readonly user: string;
    readonly password: SecretKeyRef;
}

/** What one make of database server needs to run in a pod. A new make is one value of this type. */
export interface Engine {
    readonly dialect: Dialect;
    /** Its image in `keep:images`. */
    readonly image: Extract<ImageName, Dialect>;
    /**
     * User id that the image runs the server as. Not one of our own: PostgreSQL starts only on data that belong to its user, and
     * groups are all that Kubernetes changes on a volume, so that disks made before could not be opened any more.
     */
    readonly user: number;
    /** Where the volume is mounted. */
    readonly mountPath: string;
    /** Directory of the data below it: the mount itself may hold lost+found, which servers refuse to begin in. */
    readonly directory: string;
    /** A file or directory below that of the data, by which its image tells that there is a database already. */
    readonly mark: string;
    /** Directories that the server writes to beside its data. */
    readonly scratch: Readonly<Record<string, string>>;
    /** Where the server's processes share memory by files: of the 64 MiB that a container has there, parallel queries use more. */
    readonly sharedMemory?: string;
    /** Server parameters at every size, unless `keep:database.settings` says otherwise. */
    readonly settings: Readonly<Record<string, string>>;
    /** Unless `keep:database.resources` or the size says otherwise. */
    readonly resources: Resources;
    readonly env: (credentials: Credentials, dataDirectory: string) => Env;
    /** Command of the server, where it is not the image's own; `args` follow. */
    readonly command?: () => readonly string[];
    /** Command that runs in the server's image before each start, with its environment and its disk. */
    readonly beforeStart?: () => readonly string[];
    readonly args: (settings: Readonly<Record<string, string>>, dataDirectory: string) => readonly string[];
    /** Succeeds once the server answers over the network, and not during its own initialisation. */
    readonly health: (config: ServerConfig) => readonly string[];
    /** Command that makes the database, where the image does not. Its environment is that of the server, and `HOST`. */
    readonly makeDatabase?: (config: ServerConfig) => readonly string[];
}
