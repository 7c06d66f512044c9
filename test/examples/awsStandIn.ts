import * as pulumi from "@pulumi/pulumi";

/** Outputs of the resources of examples/aws, by their names there. */
export const OUTPUTS = {
    address: "keep.abc.eu-west-1.rds.amazonaws.com",
    arn: "arn:aws:s3:::dumps",
    bucket: "dumps-1a2b3c",
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/example",
    domainValidationOptions: [{ resourceRecordName: "_a", resourceRecordType: "CNAME", resourceRecordValue: "_b" }],
    fqdn: "_a.example.com",
    name: "keep-1a2b3c",
    port: 5433,
    primaryEndpointAddress: "keep.abc.euw1.cache.amazonaws.com",
    region: "eu-west-1",
} as const;

/** A resource of any type, whose outputs are known once it is registered. */
function resourceOf(type: string) {
    return class extends pulumi.CustomResource {
        constructor(name: string, inputs: pulumi.Inputs) {
            super(type, name, inputs);
            for (const [key, value] of Object.entries(OUTPUTS)) {
                const own = type.endsWith(":Role") && key === "arn" ? `arn:aws:iam::111122223333:role/${name}` : value;
                Object.defineProperty(this, key, { value: this.urn.apply(() => own) });
            }
        }
    };
}

function moduleOf(name: string): object {
    return new Proxy({}, { get: (_target, type: string) => resourceOf(`aws:${name}:${type}`) });
}

/** What stands for `@pulumi/aws`, which is too large for the tests. It takes any argument, so the types are not checked here. */
export const aws = {
    ...Object.fromEntries(
        ["acm", "elasticache", "iam", "rds", "route53", "s3"].map((name) => [name, moduleOf(name)] as const),
    ),
    getCallerIdentityOutput: () => pulumi.output({ accountId: "111122223333" }),
    getRegionOutput: () => pulumi.output({ region: OUTPUTS.region }),
};
