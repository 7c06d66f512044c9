import * as z from "zod";

import { type Kind, KIND_NAMES, kindOf } from "./kinds";

/** Path of a directory of files of a kind. */
function directory(kind: Kind) {
    const { what, extension } = kindOf(kind);
    return z
        .string()
        .regex(/^(?!\/)(?!([^]*\/)?\.\.(\/|$))\S/, {
            error: `is not a path inside this repository. Write it relative to Pulumi.yaml, such as provision/${kind}`,
        })
        .optional()
        .describe(`directory of ${what}, one ${extension.toUpperCase()} file each, relative to Pulumi.yaml`);
}

const directories = Object.fromEntries(KIND_NAMES.map((kind) => [kind, directory(kind)])) as Record<
    Kind,
    ReturnType<typeof directory>
>;

/** What Keep is given as code: files of this repository. Providers are a secret: `keep:providers`. */
export const provision = z.strictObject({
    ...directories,
    installWebhooks: z.boolean().default(true).describe("let the setup step install Keep's webhook in each provider"),
});

/** What Keep is given as code. */
export type ProvisionConfig = z.infer<typeof provision>;
