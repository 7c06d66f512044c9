import * as z from "zod";

import { awsRegion } from "./cloudIdentity";
import { whenKnown } from "./readable";
import { httpUrl } from "./url";

const EXAMPLE = "https://minio.example.com";

/**
 * Hosts of S3-compatible services. Each serves a bucket at a host below its own as well, and none has a path. Sources:
 * https://docs.aws.amazon.com/general/latest/gr/s3.html, https://developers.cloudflare.com/r2/api/s3/api/,
 * https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/, and the same page of each other service.
 */
const SERVICES = [
    /s3(-fips)?[.-](dualstack\.)?([a-z]{2}(-[a-z]+)+-[0-9]+\.)?amazonaws\.com(\.cn)?/,
    /[0-9a-f]{32}(\.(eu|fedramp))?\.r2\.cloudflarestorage\.com/,
    /[a-z]{3}[0-9]\.digitaloceanspaces\.com/,
    /s3(\.[a-z0-9-]+)?\.wasabisys\.com/,
    /s3\.[a-z0-9-]+\.backblazeb2\.com/,
    /[a-z]{2,}(-[a-z]+)+-[0-9]+\.linodeobjects\.com/,
    /[a-z]{3}[0-9]\.(your-objectstorage|vultrobjects)\.com/,
    /s3\.[a-z]+-[a-z]+\.scw\.cloud/,
    /storage\.googleapis\.com/,
    /(s3\.)?oss-[a-z0-9-]+\.aliyuncs\.com/,
    /cos\.[a-z]+(-[a-z]+)+\.myqcloud\.com/,
];

/** Hosts of consoles, of public downloads and of caches, which do not serve the S3 API. */
const FOR_BROWSERS =
    /(^|\.)(console\.aws\.amazon\.com|dash\.cloudflare\.com|r2\.dev|cloud\.digitalocean\.com|cdn\.digitaloceanspaces\.com|f[0-9]{3}\.backblazeb2\.com|console\.cloud\.google\.com|storage\.cloud\.google\.com)$/;

/** Services that require the bucket in the host, with their names in rclone (help of force_path_style in backend/s3/s3.go). */
const WITH_BUCKET_IN_HOST: readonly (readonly [host: RegExp, provider: string])[] = [
    [/\.aliyuncs\.com$/, "Alibaba"],
    [/\.myqcloud\.com$/, "TencentCOS"],
    [/\.126\.net$/, "Netease"],
];

/** The provider of rclone for the service at an endpoint that requires the bucket in the host; undefined for other services. */
export function providerWithBucketInHost(endpoint: string): string | undefined {
    const { hostname } = new URL(endpoint);
    return WITH_BUCKET_IN_HOST.find(([host]) => host.test(hostname))?.[1];
}

/** A service that has a bucket's name as the first label of a host. */
const NAMED_AFTER_PROTOCOL = /^(s3|minio)([.-]|$)/;

/**
 * Address of an S3-compatible service. Clients append the bucket themselves, so it must not contain one.
 * @param bucketKey setting of the bucket, for the message
 */
export function bucketEndpoint(bucketKey: string) {
    return (
        httpUrl("address of the service", EXAMPLE)
            .refine((url) => !FOR_BROWSERS.test(new URL(url).hostname), {
                error: "is an address for browsers. Write the address of the S3 API, which the service's console shows as its endpoint",
                abort: true,
            })
            // Names and port of the console in MinIO's charts and operator; it answers "S3 API Requests must be made to API port".
            .refine((url) => !isConsoleOfMinio(new URL(url)), {
                error: "is the console of MinIO. Write the address of its API, such as http://minio.example.com:9000",
                abort: true,
            })
            .refine((url) => !new URL(url).hostname.endsWith(".blob.core.windows.net"), {
                error: "is Blob Storage of Azure, which has no API of S3. Make dumps with keep:backup.kind azure, or use another service",
                abort: true,
            })
            .refine((url) => !isBelowService(new URL(url)), {
                error: `contains a bucket or a path, which clients add themselves. Write only scheme and host of the service, such as https://fra1.digitaloceanspaces.com, and name the bucket in ${bucketKey}`,
                abort: true,
            })
    );
}

function isConsoleOfMinio({ hostname, port }: URL): boolean {
    return (
        /^[a-z0-9-]*minio-console(\.|$)|^console\.minio\.|-console\.[a-z0-9-]+\.svc(\.|$)/.test(hostname) ||
        (port === "9001" && /^minio\.[a-z0-9-]+\.svc(\.|$)/.test(hostname))
    );
}

function isBelowService({ hostname, pathname }: URL): boolean {
    return SERVICES.some(({ source }) =>
        new RegExp(`^${source}$`).test(hostname) ? pathname !== "/" : new RegExp(`\\.${source}$`).test(hostname),
    );
}

/** The message for the address of a service that contains this bucket. */
export const CONTAINS_BUCKET = `contains the bucket, which clients add themselves. Remove it, and write it like ${EXAMPLE}`;

/** Whether an address contains this bucket, as its path or in its host. */
export function containsBucket(endpoint: string, bucket: string): boolean {
    const { hostname, pathname } = new URL(endpoint);
    const [service = ""] = hostname.startsWith(`${bucket}.`) ? [hostname.slice(bucket.length + 1)] : [];
    // A service can have a bucket with the name of its own host, as in http://minio.minio.svc.
    return pathname === `/${bucket}` || (NAMED_AFTER_PROTOCOL.test(service) && !NAMED_AFTER_PROTOCOL.test(bucket));
}

const asInHost = (region: string): readonly string[] => [region];

/** Regions of Cloudflare R2 (jeessy2/backup-x#127); us-east-1 is another name of auto (cloudflare/cloudflare-docs#4447). */
const REGIONS_OF_R2 = ["auto", "us-east-1", "wnam", "enam", "weur", "eeur", "apac", "oc"];

/**
 * Hosts of services that read the region of signatures, and the regions that they accept: AWS, also through PrivateLink
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html), Scaleway (kopia/kopia#168),
 * OVHcloud in lower case (ovh/docs#4563), its older hosts in both cases (juicedata/juicefs#1168, ovh/docs#470),
 * SAP (s3fs-fuse/s3fs-fuse#1186) and Cloudflare. Others accept any region, such as those
 * with Ceph, or one that their address does not show, such as Garage and Oracle.
 */
const REGIONAL: readonly (readonly [host: RegExp, regions: (inHost: string) => readonly string[]])[] = [
    [
        /(^|\.)s3(-fips)?[.-](dualstack\.)?(?<region>[a-z]{2}(-[a-z]+)+-[0-9]+)\.(vpce\.)?amazonaws\.com(\.cn)?$/,
        asInHost,
    ],
    [/^s3\.(?<region>[a-z]+-[a-z]+)\.scw\.cloud$/, asInHost],
    [/^s3\.(?<region>[a-z]+(-[a-z]+)*)\.(io|perf)\.cloud\.ovh\.(net|us)$/, asInHost],
    [/^(s3|storage)\.(?<region>[a-z]+)\.cloud\.ovh\.net$/, (region) => [region.toUpperCase(), region]],
    [/^objectstore-[0-9]+\.(?<region>[a-z]+(-[a-z]+)+-[0-9]+)\.cloud\.sap$/, asInHost],
    [/\.r2\.cloudflarestorage\.com$/, () => REGIONS_OF_R2],
];

/** The regions that the service at an endpoint accepts in signatures, the usual one first; undefined if it accepts any. */
function regionsOf(endpoint: string): readonly string[] | undefined {
    const { hostname } = new URL(endpoint);
    const [host, regions] = REGIONAL.find(([pattern]) => pattern.test(hostname)) ?? [];
    return regions?.(host?.exec(hostname)?.groups?.region ?? "");
}

/** The region that clients name in signatures for an endpoint, unless it is set. */
export function usualRegion(endpoint: string): string {
    return regionsOf(endpoint)?.[0] ?? "us-east-1";
}

/** Whether an endpoint is that of a service on the internet, whose certificate a public authority has signed. */
export function isPublicService(endpoint: string): boolean {
    const { hostname } = new URL(endpoint);
    return (
        SERVICES.some(({ source }) => new RegExp(`^${source}$`).test(hostname)) ||
        providerWithBucketInHost(endpoint) !== undefined ||
        regionsOf(endpoint) !== undefined
    );
}

/** Region of a bucket, as clients sign requests for it. */
export const bucketRegion = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, {
    error: "is not a region. Write it like eu-west-1, or remove it",
});

/**
 * The check of a region beside an endpoint. S3 rejects signatures for another region (AuthorizationHeaderMalformed in
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). Without an endpoint, clients add the region to the host of AWS.
 * @param endpointKey setting of the endpoint, for the message
 */
export function regionOfEndpoint(endpointKey: string) {
    return whenKnown<{ readonly endpoint?: string | undefined; readonly region?: string | undefined }>(
        ({ endpoint, region }) =>
            region === undefined ||
            (endpoint === undefined
                ? awsRegion.safeParse(region).success
                : regionsOf(endpoint)?.includes(region) !== false),
        {
            path: ["region"],
            error: ({ input: fields }) => {
                const { endpoint } = fields as { readonly endpoint?: string };
                return endpoint === undefined
                    ? `is not an AWS region. Write it like eu-west-1, without the letter of an availability zone, or set ${endpointKey} for another service`
                    : `is not a region of ${endpointKey}, so the service rejects the signatures. Set it to ${usualRegion(endpoint)}`;
            },
        },
    );
}
