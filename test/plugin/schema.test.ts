import assert from "node:assert/strict";

import { defaultKinds, stackSchema } from "../../components/settings/schema";
import { secretKeys } from "../../components/secrets/settings";
import { packageSchema } from "../../plugin/schema";

interface Spec {
    readonly $ref?: string;
    readonly plain?: boolean;
    readonly secret?: boolean;
    readonly description?: string;
    readonly oneOf?: readonly Spec[];
    readonly [key: string]: unknown;
}

interface Package {
    readonly namespace: string;
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

    it("has a namespace, without which its modules are named after the owner of the repository", () => {
        assert.equal(schema.namespace, "pulumi");
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

    it("has one object with the fields of all kinds, which every language types, in place of a union of kinds", () => {
        for (const key of Object.keys(defaultKinds)) {
            const { $ref = "" } = keep?.inputProperties[key] ?? {};
            const { properties = {}, required } = schema.types[$ref.replace("#/types/", "")] ?? {};

            assert.match(properties.kind?.description ?? "", /^One of /, key);
            assert.deepEqual(required, [], key);
        }
        const { engine, volume } = schema.types["keep:index:Database"]?.properties ?? {};
        assert.match(engine?.description ?? "", /\(external\)$/);
        assert.equal(volume?.$ref, "#/types/keep:index:DatabaseVolume");
        const retain = schema.types["keep:index:DatabaseVolume"]?.properties.retain;
        assert.equal(retain?.type, "boolean");
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
        // The class that is generated for Java would not compile.
        assert.equal(keep?.properties.firstUser?.secret, undefined);
    });
});
