import type { KeepConfig } from "../settings/resolve";

/**
 * A note about old alerts in Elasticsearch, from which neither the Job nor Keep (keep/api/core/elastic.py) deletes any;
 * undefined without one of both.
 * @param namespace prefix of keys in messages
 */
export function indexNote(
    namespace: string,
    { elasticsearch, retention }: Pick<KeepConfig, "elasticsearch" | "retention">,
): string | undefined {
    return elasticsearch === undefined || retention.days === undefined
        ? undefined
        : `${namespace}retention: deletes alerts from the database, but not from the index of ${namespace}elasticsearch. Delete old documents there yourself`;
}
