import * as z from "zod";

const directory = (what: string) =>
    z
        .string()
        .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$))\S/, {
            error: "is not a path inside this repository. Write it relative to Pulumi.yaml, such as provision/workflows",
        })
        .optional()
        .describe(`directory of ${what}, relative to Pulumi.yaml`);

/** What Keep is given as code: files of this repository. Providers are a secret: `keep:providers`. */
export const provision = z.strictObject({
    workflows: directory("workflows, one YAML file each with the top-level key workflow"),
    mappings: directory("mapping rules, one YAML file each"),
    dashboards: directory("dashboards, one JSON file each: {dashboard_name, dashboard_config}"),
    installWebhooks: z.boolean().default(true).describe("let the setup step install Keep's webhook in each provider"),
});

/** What Keep is given as code. */
export type ProvisionConfig = z.infer<typeof provision>;
