import * as z from "zod";

import { choice } from "./choice";
import { DIGESTS } from "./digests";
import { input } from "./input";
import { computedText } from "../tokens";
import { KEEP_VERSION } from "./version";
import { distinct, objectName } from "./vocabulary";

/** Repository: names in lower case, separated by slashes (github.com/distribution/reference, regexp.go). */
const PATH = String.raw`[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*`;
const HOST = String.raw`[a-zA-Z0-9]+(?:[-.]+[a-zA-Z0-9]+)*(?::[0-9]+)?`;

/** Reference of an image, in the syntax of container runtimes. */
export const imageReference = z
    .string()
    .max(500, { error: "is longer than 500 characters. Shorten it" })
    .regex(
        new RegExp(
            `^(?:${HOST}/)?${PATH}(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$`,
        ),
        {
            error: "is not an image reference. Write it like registry.example.com/team/keep-api:0.54.2",
            abort: true,
        },
    );

/** Repositories of the images that Keep publishes. */
const PUBLISHED = {
    backend: "us-central1-docker.pkg.dev/keephq/keep/keep-api",
    frontend: "us-central1-docker.pkg.dev/keephq/keep/keep-ui",
} as const;

/** Image of backend or frontend. Without a tag, it has the tag `keep:version`. */
const keepImage = (repository: string, what: string) =>
    input(
        imageReference.refine(
            (reference) => !isFloating(`${reference}${tagOf(reference) === undefined ? ":any" : ""}`),
            {
                error: "is not pinned. Use a version as its tag, or remove the tag to use keep:version",
            },
        ),
    )
        .prefault(repository)
        .describe(what);

/** Images that do not start as the pods start them, and why. */
interface Unsuitable {
    readonly pattern: RegExp;
    readonly reason: string;
}

/** Image of another project, which must have a tag. */
const pinnedImage = (reference: string, what: string, unsuitable?: Unsuitable) =>
    input(
        imageReference
            .refine((value) => !isFloating(value), {
                error: `is not pinned, so pods could change without a deployment. Use a version, such as ${reference}`,
            })
            .refine((value) => unsuitable?.pattern.test(value) !== true, {
                error: `${unsuitable?.reason ?? ""}. Use an image such as ${reference}`,
            }),
    )
        .prefault(reference)
        .describe(what);

const digest = input(
    z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/, { error: "is not a digest. Write it as sha256: and 64 hexadecimal digits" }),
)
    .optional()
    .describe("digest of that image, sha256:…");

/** Names of the images in `keep:images`. */
export const names = [
    "backend",
    "frontend",
    "websocket",
    "postgres",
    "mysql",
    "sqlserver",
    "redis",
    "backup",
    "cloudnativepg",
] as const;

/** Images of all pods. */
export const images = z.strictObject({
    registry: input(
        z.string().regex(new RegExp(`^${HOST}(?:/${PATH})?$`), {
            error: "is not a registry. Write a host with an optional path, such as registry.example.com/mirror",
        }),
    )
        .optional()
        .describe("mirror that contains all images: replaces the registry host of each"),
    pullPolicy: choice({
        IfNotPresent: "when they do not have it",
        Always: "before each start of a container",
        Never: "not at all: the nodes must have it",
    })
        .default("IfNotPresent")
        .describe("when nodes fetch an image"),
    pullSecrets: distinct(input(objectName(253)))
        .prefault([])
        .describe(
            "names of existing Secrets of type kubernetes.io/dockerconfigjson in Keep's namespace; every pod, also of jobs, uses them",
        ),
    backend: keepImage(
        PUBLISHED.backend,
        "image of Keep's API, workers and setup; without a tag it follows keep:version",
    ),
    frontend: keepImage(PUBLISHED.frontend, "image of Keep's user interface; without a tag it follows keep:version"),
    websocket: pinnedImage("quay.io/soketi/soketi:1.6.1-16-debian", "image of Soketi"),
    postgres: pinnedImage(
        "docker.io/library/postgres:17.6",
        "image of PostgreSQL, when the database is in the cluster",
        {
            // Timescale's image, other than timescaledb-ha, is FROM postgres:…-alpine (github.com/timescale/timescaledb-docker).
            pattern: /alpine|(^|\/)bitnami\w*\/|(^|\/)timescale\/timescaledb[:@]/i,
            reason: "has another user than Docker's Debian image, so the server would not start",
        },
    ),
    mysql: pinnedImage("docker.io/library/mysql:8.4.6", "image of MySQL, when the database is in the cluster", {
        pattern: /(^|[-/])mariadb\b|(^|\/)(bitnami\w*\/|percona[/:@])/i,
        reason: "is not Docker's image of MySQL, whose entrypoint the program uses",
    }),
    sqlserver: pinnedImage(
        "mcr.microsoft.com/mssql/server:2022-CU20-ubuntu-22.04",
        "image of SQL Server, when the database is in the cluster",
    ),
    cloudnativepg: pinnedImage(
        "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
        "image of PostgreSQL, when CloudNativePG runs it; not newer than keep:images.postgres, which makes the dumps",
    ),
    redis: pinnedImage("docker.io/valkey/valkey:8.1.3", "image of Valkey or Redis, when Redis is in the cluster", {
        pattern: /(^|\/)(dragonfly|garnet|keydb|kvrocks|redict)[^/]*$/,
        reason: "is neither Valkey nor Redis, whose server the pod runs",
    }),
    backup: pinnedImage("docker.io/rclone/rclone:1.71.0", "rclone, when backups go to a bucket"),
    digests: z
        .strictObject(Object.fromEntries(names.map((name) => [name, digest])) as Record<ImageName, typeof digest>)
        .prefault({})
        .describe(
            "digest by image name: pins the exact image, even if its tag is moved; default: that of components/fields/digests.ts, if the image is a default",
        ),
});

/** Images of all pods, validated and with defaults. */
export type ImagesConfig = z.infer<typeof images>;

/** Name of an image in `keep:images`. */
export type ImageName = (typeof names)[number];

/** Settings that determine the image of the API. */
export interface ApiImageSettings {
    readonly backend: { readonly image?: string };
    readonly images: ImagesConfig;
    readonly version: string;
}

/**
 * Complete reference of an image, with mirror, version and digest.
 * @param version Keep's version, for images of Keep without a tag
 * @param recorded digests of default images, by reference
 */
export function imageOf(config: ImagesConfig, name: ImageName, version: string, recorded = DIGESTS): string {
    const { registry, digests } = config;
    return computedText({ registry, image: config[name], digest: digests[name] }, ({ registry, image, digest }) => {
        const tagged = tagOf(image) === undefined && !image.includes("@") ? `${image}:${version}` : image;
        const mirrored = registry === undefined ? tagged : `${registry}/${tagged.replace(/^[^/]*[.:][^/]*\//, "")}`;
        const pinned = digest ?? recorded[tagged];
        return pinned === undefined ? mirrored : `${mirrored.replace(/@.*$/, "")}@${pinned}`;
    });
}

/** Image of the API, and of all Jobs that run Keep's Python, such as setup and retention. */
export function apiImage({ backend, images, version }: ApiImageSettings): string {
    return backend.image ?? imageOf(images, "backend", version);
}

/** Whether an image in `keep:images` is the one that Keep publishes, in its default version, whose content is known. */
export function isPublished(images: ImagesConfig, name: keyof typeof PUBLISHED, version: string): boolean {
    const reference = images[name];
    return reference.replace(/[:@].*$/, "") === PUBLISHED[name] && (tagOf(reference) ?? version) === KEEP_VERSION;
}

/** Tag of an image reference; undefined if it has none. */
export function tagOf(reference: string): string | undefined {
    return /:([^/:@]+)(@.*)?$/.exec(reference.replace(/@.*$/, ""))?.[1];
}

/** Where an image names the major version of PostgreSQL. The tag of an extension can begin with the version of the extension. */
const POSTGRES_VERSION = /(?:(?:^|\/)(?:postgres|postgresql|postgis):|[:-]pg)(\d+)/;

/** Major version of PostgreSQL in an image, by a reference such as postgres:17.6 or pgvector:pg17; undefined if it has none. */
export function postgresMajor(reference: string): number | undefined {
    const [, major] = POSTGRES_VERSION.exec(reference) ?? [];
    return major === undefined ? undefined : Number(major);
}

/**
 * Whether an image is that of PostgreSQL by Docker, whose content is known, also in a mirror. A project "library" right below a
 * registry is the default one of Harbor, with images of its owner.
 */
export function isDockersPostgres(reference: string): boolean {
    return /^((docker\.io\/)?(library\/)?|(mirror\.gcr\.io|[^/]*[.:][^/]*\/.+)\/library\/)postgres[:@]/.test(reference);
}

/** Whether a registry moves a reference to new images, such as latest and Soketi's latest-16-alpine. */
function isFloating(reference: string): boolean {
    const tag = tagOf(reference);
    return !reference.includes("@") && (tag === undefined || /^latest(?![a-z0-9])/.test(tag));
}
