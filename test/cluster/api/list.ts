import { z } from "zod";

import { type ApiClient, ApiError } from "./client";

/** Reads a list in full, each item checked against the fields that a test looks at. */
export async function list<T>(client: ApiClient, path: string, item: z.ZodType<T>): Promise<readonly T[]> {
    const { status, body } = await client.request("GET", path);
    if (status !== 200) throw new ApiError(status, `${path} answered ${status}`);
    return z.object({ items: z.array(item) }).parse(body).items;
}

/** Label selector as a query parameter. */
export function selectorQuery(labels: Readonly<Record<string, string>>): string {
    const terms = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return `labelSelector=${encodeURIComponent(terms.join(","))}`;
}
