import * as z from "zod";

import { keyReference } from "../fields/vocabulary";

/** An Elasticsearch that somebody else runs: Keep searches alerts there instead of in its database. */
export const elasticsearch = z.strictObject({
    hosts: z
        .array(
            z.string().regex(/^https?:\/\/[^/?#@\s,]+:[0-9]+(\/[^?#@\s,]*)?$/, {
                error: "is not the address of a node. Write scheme, host and port, such as https://elastic.example.com:9200; user and password have their own keys",
            }),
        )
        .min(1, { error: "is empty. Name a node" })
        .describe("nodes, each with scheme and port, such as https://elastic.example.com:9200"),
    indexSuffix: z
        .string()
        .regex(/^[a-z0-9][-a-z0-9_.]*$/, {
            error: "is not the end of an index's name. Use lower-case letters, digits, dashes, dots and underscores",
        })
        .optional()
        .describe(
            "alerts are in the index keep-alerts-<this>; default: namespace and release, as <namespace>-<release>",
        ),
    user: z
        .string()
        .regex(/\S/, { error: "is empty. Name the user, or leave the key out" })
        .optional()
        .describe("user that Keep signs in as; the other way is an API key. Without either it does not sign in"),
    passwordSecret: keyReference
        .optional()
        .describe(
            "key of an existing Secret that holds the user's password; the other way is keep:elasticsearchPassword",
        ),
    apiKeySecret: keyReference
        .optional()
        .describe(
            "key of an existing Secret that holds an API key, encoded; the other way is keep:elasticsearchApiKey",
        ),
    verifyCerts: z
        .boolean()
        .default(true)
        .describe("refuse a certificate of an unknown authority; a private one goes to keep:extraCa"),
});

/** An Elasticsearch that somebody else runs, validated and with defaults. */
export type ElasticsearchConfig = z.infer<typeof elasticsearch>;
