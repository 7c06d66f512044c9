import * as z from "zod";

import { UserError } from "../preview/userError";

/** Media types of a tag's manifest. As in container runtimes, the index of all platforms comes first. */
const ACCEPT = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Timeout of a request, in milliseconds. */
const TIMEOUT = 20_000;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** URL of a registry's API. Docker Hub's API has another host than its images name. */
export function registryUrl(host: string): string {
    return `https://${host === "docker.io" ? "registry-1.docker.io" : host}`;
}

/**
 * Reads the digest of a tag from a registry's API (https://distribution.github.io/distribution/spec/api/), without
 * credentials.
 * @param reference host, repository and tag, such as docker.io/library/postgres:17.6
 * @throws UserError if the registry returns no digest
 */
export async function digestOf(reference: string, urlOf = registryUrl): Promise<string> {
    const [, host = "", repository = "", tag = ""] = /^([^/]+)\/([^:@]+):([^:@]+)$/.exec(reference) ?? [];
    if (tag === "")
        throw new UserError(
            `${reference} is not a registry, a repository and a tag, such as docker.io/library/postgres:17.6`,
        );
    const url = `${urlOf(host)}/v2/${repository}/manifests/${tag}`;
    let response = await ask(reference, url, {});
    if (response.status === 401) {
        const token = await tokenFor(reference, response.headers.get("www-authenticate") ?? "");
        response = await ask(reference, url, { authorization: `Bearer ${token}` });
    }
    const digest = response.headers.get("docker-content-digest") ?? "";
    if (!response.ok || !DIGEST.test(digest)) {
        throw new UserError(
            `${reference}: ${host} answers HTTP ${response.status}${response.ok ? " without a digest" : ""}`,
        );
    }
    return digest;
}

/** Gets an anonymous token from the server that the challenge names. */
async function tokenFor(reference: string, challenge: string): Promise<string> {
    const pairs = [...challenge.matchAll(/(\w+)="([^"]*)"/g)];
    const fields = pairs.map(([, name = "", value = ""]): [string, string] => [name, value]);
    const { realm, ...query }: Partial<Record<string, string>> = Object.fromEntries(fields);
    if (realm === undefined || !URL.canParse(realm)) {
        throw new UserError(`${reference}: the registry requires credentials, and its challenge has no valid realm`);
    }
    const url = new URL(realm);
    for (const name of ["service", "scope"]) url.searchParams.set(name, query[name] ?? "");
    const response = await ask(reference, url.href, {}, "GET");
    const answer = z.object({ token: z.string() }).or(z.object({ access_token: z.string() }));
    const parsed = answer.safeParse(await response.json().catch(() => undefined)).data;
    if (parsed === undefined)
        throw new UserError(`${reference}: ${url.host} returns no token (HTTP ${response.status})`);
    return "token" in parsed ? parsed.token : parsed.access_token;
}

async function ask(
    reference: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    method = "HEAD",
): Promise<Response> {
    try {
        return await fetch(url, {
            method,
            headers: { accept: ACCEPT, ...headers },
            signal: AbortSignal.timeout(TIMEOUT),
        });
    } catch (error) {
        const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
        throw new UserError(`${reference}: ${new URL(url).host} cannot be reached (${reason})`);
    }
}
