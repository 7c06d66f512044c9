import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Keep } from "keep-on-pulumi";

const config = new pulumi.Config();
const hostname = config.require("hostname");
const zoneId = config.require("zoneId");

// The cluster and its network exist. The AWS Load Balancer Controller runs in the cluster.
const cluster = aws.eks.getClusterOutput({ name: config.require("cluster") });
const subnetIds = config.requireObject<string[]>("subnetIds");
const { region } = aws.getRegionOutput();
const { accountId } = aws.getCallerIdentityOutput();

const securityGroup = new aws.ec2.SecurityGroup("keep", {
    description: "Database and Redis of Keep",
    vpcId: cluster.vpcConfig.vpcId,
    ingress: [5432, 6379].map((port) => ({
        protocol: "tcp",
        fromPort: port,
        toPort: port,
        securityGroups: [cluster.vpcConfig.clusterSecurityGroupId],
    })),
});

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
    vpcSecurityGroupIds: [securityGroup.id],
    backupRetentionPeriod: 14,
    finalSnapshotIdentifier: "keep-final",
});

/** Certificate authorities of RDS (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html). */
const databaseAuthorities = region.apply(async (name) => {
    const response = await fetch(`https://truststore.pki.rds.amazonaws.com/${name}/${name}-bundle.pem`);
    return response.text();
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
    securityGroupIds: [securityGroup.id],
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
    const issuer = cluster.identities[0].oidcs[0].issuer.apply((url) => url.replace("https://", ""));
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: pulumi.all([accountId, issuer]).apply(([account, provider]) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Action: "sts:AssumeRoleWithWebIdentity",
                        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${provider}` },
                        Condition: {
                            StringEquals: {
                                [`${provider}:aud`]: "sts.amazonaws.com",
                                [`${provider}:sub`]: `system:serviceaccount:keep:${serviceAccount}`,
                            },
                        },
                    },
                ],
            }),
        ),
    });
    const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] });
    new aws.iam.RolePolicy(name, { role: role.name, policy });
    return role;
}

const secretsRole = roleOf("keep-secrets", "keep-backend", {
    Effect: "Allow",
    Action: ["CreateSecret", "DeleteSecret", "DescribeSecret", "GetSecretValue", "PutSecretValue"].map(
        (action) => `secretsmanager:${action}`,
    ),
    Resource: pulumi.interpolate`arn:aws:secretsmanager:${region}:${accountId}:secret:keep*`,
});
const dumpsRole = roleOf("keep-dumps", "keep-backup", {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
    Resource: [dumps.arn, pulumi.interpolate`${dumps.arn}/*`],
});
const roleArn = "eks.amazonaws.com/role-arn";

const loadBalancerName = "keep";
const keep = new Keep("keep", {
    publicUrl: `https://${hostname}`,
    size: "medium",
    ingress: {
        kind: "alb",
        scheme: "internet-facing",
        tls: { defaultCertificate: true },
        certificateArn: validated.certificateArn,
        annotations: { "alb.ingress.kubernetes.io/load-balancer-name": loadBalancerName },
        // The record below needs the load balancer, which the controller creates.
        await: true,
    },
    database: {
        kind: "external",
        engine: "postgres",
        host: database.address,
        port: database.port,
        tls: { mode: "verify-full", ca: { pem: databaseAuthorities } },
    },
    databasePassword: password.result,
    redis: { kind: "external", host: redis.primaryEndpointAddress, tls: true },
    redisPassword: redisToken.result,
    secretStore: { kind: "aws", region },
    serviceAccount: { annotations: { [roleArn]: secretsRole.arn } },
    backup: {
        kind: "s3",
        bucket: dumps.bucket,
        region: dumps.region,
        serviceAccount: { annotations: { [roleArn]: dumpsRole.arn } },
    },
});

const loadBalancer = aws.lb.getLoadBalancerOutput({ name: loadBalancerName }, { dependsOn: keep });
new aws.route53.Record("keep", {
    zoneId,
    name: hostname,
    type: "A",
    aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
});

/** Where people open Keep. */
export const address = keep.urls.frontend;

/** The first user, with the generated password. */
export const firstUser = keep.firstUser;
