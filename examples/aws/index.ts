import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Keep } from "keep-on-pulumi";

const config = new pulumi.Config();
const hostname = config.require("hostname");
const zoneId = config.require("zoneId");

// The network and the cluster exist.
const subnetIds = config.requireObject<string[]>("subnetIds");
const securityGroupId = config.require("securityGroupId");
const oidcProvider = config.require("oidcProvider");
const { accountId } = aws.getCallerIdentityOutput();

const password = new random.RandomPassword("database", { length: 32, special: false });
const database = new aws.rds.Instance("keep", {
    engine: "postgres",
    engineVersion: "17",
    instanceClass: "db.m7g.large",
    allocatedStorage: 50,
    storageEncrypted: true,
    multiAz: true,
    dbName: "keep",
    username: "keep",
    password: password.result,
    dbSubnetGroupName: new aws.rds.SubnetGroup("keep", { subnetIds }).name,
    vpcSecurityGroupIds: [securityGroupId],
    backupRetentionPeriod: 14,
    finalSnapshotIdentifier: "keep-final",
});

const redisToken = new random.RandomPassword("redis", { length: 32, special: false });
const redis = new aws.elasticache.ReplicationGroup("keep", {
    description: "Queue of Keep",
    engine: "valkey",
    nodeType: "cache.t4g.small",
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    transitEncryptionEnabled: true,
    authToken: redisToken.result,
    subnetGroupName: new aws.elasticache.SubnetGroup("keep", { subnetIds }).name,
    securityGroupIds: [securityGroupId],
});

const certificate = new aws.acm.Certificate("keep", { domainName: hostname, validationMethod: "DNS" });
const [validation] = [certificate.domainValidationOptions[0]];
const validationRecord = new aws.route53.Record("validation", {
    zoneId,
    name: validation.resourceRecordName,
    type: validation.resourceRecordType,
    records: [validation.resourceRecordValue],
    ttl: 300,
});
const validated = new aws.acm.CertificateValidation("keep", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [validationRecord.fqdn],
});

const dumps = new aws.s3.Bucket("dumps");

/** A role for one ServiceAccount of the namespace `keep` (https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html). */
function roleOf(name: string, serviceAccount: string, statement: aws.iam.PolicyStatement): aws.iam.Role {
    return new aws.iam.Role(name, {
        assumeRolePolicy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: "sts:AssumeRoleWithWebIdentity",
                    Principal: {
                        Federated: pulumi.interpolate`arn:aws:iam::${accountId}:oidc-provider/${oidcProvider}`,
                    },
                    Condition: {
                        StringEquals: { [`${oidcProvider}:sub`]: `system:serviceaccount:keep:${serviceAccount}` },
                    },
                },
            ],
        }),
        inlinePolicies: [{ name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] }) }],
    });
}

const secretsRole = roleOf("keep-secrets", "keep-backend", {
    Effect: "Allow",
    Action: ["secretsmanager:*Secret", "secretsmanager:*SecretValue"],
    Resource: pulumi.interpolate`arn:aws:secretsmanager:*:${accountId}:secret:keep*`,
});
const dumpsRole = roleOf("keep-dumps", "keep-backup", {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
    Resource: [dumps.arn, pulumi.interpolate`${dumps.arn}/*`],
});
const roleArn = "eks.amazonaws.com/role-arn";

const keep = new Keep("keep", {
    publicUrl: `https://${hostname}`,
    size: "medium",
    ingress: {
        kind: "alb",
        scheme: "internet-facing",
        tls: { defaultCertificate: true },
        certificateArn: validated.certificateArn,
    },
    database: {
        kind: "external",
        engine: "postgres",
        host: database.address,
        port: database.port,
        tls: { mode: "require" },
    },
    databasePassword: password.result,
    redis: { kind: "external", host: redis.primaryEndpointAddress, tls: true },
    redisPassword: redisToken.result,
    secretStore: { kind: "aws", region: aws.getRegionOutput().region },
    serviceAccount: { annotations: { [roleArn]: secretsRole.arn } },
    backup: {
        kind: "s3",
        bucket: dumps.bucket,
        region: dumps.region,
        serviceAccount: { annotations: { [roleArn]: dumpsRole.arn } },
    },
});

/** Where people open Keep, once it is ready. */
export const address = keep.urls.frontend;
