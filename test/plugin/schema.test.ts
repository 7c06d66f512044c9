import assert from "node:assert/strict";

import { stackSchema } from "../../components/settings/schema";
import { secretKeys } from "../../components/secrets/settings";
import { packageSchema } from "../../plugin/schema";

interface Spec {
    readonly $ref?: string;
    readonly plain?: boolean;
    readonly secret?: boolean;
    readonly description?: string;
    readonly oneOf?: readonly Spec[];
    readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> };
    readonly [key: string]: unknown;
}

interface Package {
    readonly resources: Readonly<
        Record<
            string,
            { inputProperties: Record<string, Spec>; requiredInputs: string[]; properties: Record<string, Spec> }
        >
    >;
    readonly types: Readonly<Record<string, { properties: Record<string, Spec>; required: string[] }>>;
}

const schema = JSON.parse(JSON.stringify(packageSchema("1.2.3"))) as Package;
const keep = schema.resources["keep:index:Keep"];

/** Every type that is spoken of below a value, however deep. */
function specsIn(value: unknown): Spec[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const inner = Object.values(value).flatMap(specsIn);
    return "type" in value || "$ref" in value || "oneOf" in value ? [value as Spec, ...inner] : inner;
}

describe("the package for other languages", () => {
    it("has every setting and every secret, each with its description", () => {
        const inputs = keep?.inputProperties ?? {};

        assert.deepEqual(
            Object.keys(inputs).sort(),
            [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)].sort(),
        );
        assert.deepEqual(keep?.requiredInputs, ["publicUrl"]);
        for (const [name, { description = "" }] of Object.entries(inputs)) {
            assert.match(description, /\S/, name);
        }
    });

    it("refers to types that it has", () => {
        const refs = specsIn(schema).flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
        const known = [...Object.keys(schema.types).map((name) => `#/types/${name}`), "pulumi.json#/Any"];

        assert.ok(refs.length > 100);
        assert.deepEqual(
            refs.filter((ref) => !known.includes(ref)),
            [],
        );
    });

    it("tells kinds apart by their kind", () => {
        const { oneOf = [], discriminator } = keep?.inputProperties.database ?? {};
        const external = discriminator?.mapping.external?.replace("#/types/", "") ?? "";

        assert.equal(oneOf.length, Object.keys(discriminator?.mapping ?? {}).length);
        assert.equal(schema.types[external]?.properties.kind?.const, "external");
        assert.deepEqual(schema.types[external].required, ["kind", "engine"]);
    });

    it("takes settings as plain values, and secrets as secrets that may be Outputs", () => {
        const inputs = keep?.inputProperties ?? {};
        for (const name of Object.keys(stackSchema.shape)) {
            assert.equal(inputs[name]?.plain, true, name);
        }
        const { secretEnv, ...texts } = Object.fromEntries(Object.keys(secretKeys).map((name) => [name, inputs[name]]));
        for (const [name, spec] of Object.entries(texts)) {
            assert.equal(spec?.secret, true, name);
            assert.equal(spec.plain, undefined, name);
        }
        // As a secret its names would not be known.
        assert.equal(secretEnv?.secret, undefined);
        assert.equal(keep?.properties.firstUser?.secret, true);
    });
});
