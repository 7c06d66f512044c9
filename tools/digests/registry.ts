import * as z from "zod";

import { UserError } from "../preview/userError";

/** What a registry may hold for a tag: the list of all platforms first, as container runtimes ask for it. */
const ACCEPT = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Milliseconds that a registry may take for an answer. */
const PATIENCE = 20_000;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Address of a registry's API by its host; Docker Hub has another than its images name. */
export function registryUrl(host: string): string {
    return `https://${host === "docker.io" ? "registry-1.docker.io" : host}`;
}

/**
 * Digest that a registry has for a tag, by its API (https://distribution.github.io/distribution/spec/api/), without credentials.
 * @param reference host, repository and tag, such as docker.io/library/postgres:17.6
 * @throws UserError where the registry gives no digest: none is ever derived from anything else
 */
export async function digestOf(reference: string, urlOf = registryUrl): Promise<string> {
    const [, host = "", repository = "", tag = ""] = /^([^/]+)\/([^:@]+):([^:@]+)$/.exec(reference) ?? [];
    if (tag === "") throw new UserError(`${reference} is not a registry, a repository and a tag`);
    const url = `${urlOf(host)}/v2/${repository}/manifests/${tag}`;
    let response = await ask(reference, url, {});
    if (response.status === 401) {
        const token = await tokenFor(reference, response.headers.get("www-authenticate") ?? "");
        response = await ask(reference, url, { authorization: `Bearer ${token}` });
    }
    const digest = response.headers.get("docker-content-digest") ?? "";
    if (!response.ok || !DIGEST.test(digest)) {
        throw new UserError(
            `${reference}: ${host} answers ${response.status}${response.ok ? " without a digest" : ""}`,
        );
    }
    return digest;
}

/** A token that lets everybody read, from where the registry says. */
async function tokenFor(reference: string, challenge: string): Promise<string> {
    const pairs = [...challenge.matchAll(/(\w+)="([^"]*)"/g)];
    const fields = pairs.map(([, name = "", value = ""]): [string, string] => [name, value]);
    const { realm, ...query }: Partial<Record<string, string>> = Object.fromEntries(fields);
    if (realm === undefined || !URL.canParse(realm)) {
        throw new UserError(`${reference}: the registry asks for credentials, and names no place to get a token`);
    }
    const url = new URL(realm);
    for (const name of ["service", "scope"]) url.searchParams.set(name, query[name] ?? "");
    const response = await ask(reference, url.href, {}, "GET");
    const answer = z.object({ token: z.string() }).or(z.object({ access_token: z.string() }));
    const parsed = answer.safeParse(await response.json().catch(() => undefined)).data;
    if (parsed === undefined) throw new UserError(`${reference}: ${url.host} gives no token: ${response.status}`);
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
            signal: AbortSignal.timeout(PATIENCE),
        });
    } catch (error) {
        const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
        throw new UserError(`${reference}: ${new URL(url).host} cannot be reached (${reason})`);
    }
}
