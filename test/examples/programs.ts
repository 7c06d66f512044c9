import { createHash } from "node:crypto";

import type { ProgramOptions } from "../../tools/inProcess/runProgram";
import { AUTHORITY } from "../support/certificate";

/** How an example is run without its cloud. */
export interface Example extends Required<Pick<ProgramOptions, "config" | "functions">> {
    /** Name of the project, as in its `Pulumi.yaml`. */
    readonly project: string;
    /** What its cloud adds to the inputs of each type. Values that begin with `=` have the name of the resource for `$`. */
    readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Names that the program itself gives to what Keep uses. */
    readonly names: readonly string[];
}

const text = JSON.stringify;

/** Every example that is a whole program on a platform, by its folder. */
export const programs: Readonly<Record<string, Example>> = {
    aws: {
        names: [],
        project: "keep-on-aws",
        config: {
            cluster: "production",
            hostname: "keep.example.com",
            zoneId: "Z1",
            subnetIds: text(["subnet-1", "subnet-2"]),
        },
        functions: {
            "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "111122223333" },
            "aws:index/getRegion:getRegion": { region: "eu-west-1" },
            "aws:eks/getCluster:getCluster": {
                identities: [{ oidcs: [{ issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/A" }] }],
                vpcConfig: { vpcId: "vpc-1", clusterSecurityGroupId: "sg-1" },
            },
            "aws:lb/getLoadBalancer:getLoadBalancer": { dnsName: "keep-1.elb.amazonaws.com", zoneId: "Z2" },
        },
        outputs: {
            "aws:acm/certificate:Certificate": {
                arn: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
                domainValidationOptions: [
                    {
                        resourceRecordName: "_validation1",
                        resourceRecordType: "CNAME",
                        resourceRecordValue: "_validation2",
                    },
                ],
            },
            "aws:elasticache/replicationGroup:ReplicationGroup": {
                primaryEndpointAddress: "master.keep.abc.euw1.cache.amazonaws.com",
            },
            "aws:elasticache/subnetGroup:SubnetGroup": { name: "keep-redis-subnets" },
            "aws:iam/role:Role": { arn: "=arn:aws:iam::111122223333:role/$", name: "=$-1a2b3c" },
            "aws:rds/instance:Instance": { address: "keep.abc.eu-west-1.rds.amazonaws.com", port: 5433 },
            "aws:rds/subnetGroup:SubnetGroup": { name: "keep-database-subnets" },
            "aws:route53/record:Record": { fqdn: "_a.example.com" },
            "aws:s3/bucket:Bucket": { arn: "arn:aws:s3:::dumps-1a2b3c", bucket: "dumps-1a2b3c", region: "eu-west-1" },
        },
    },
    google: {
        names: ["keep-gateway"],
        project: "keep-on-google-cloud",
        config: {
            hostname: "keep.example.com",
            managedZone: "example",
            network: "projects/acme-alerts/global/networks/production",
            region: "europe-west1",
        },
        functions: {
            "gcp:organizations/getProject:getProject": { number: "123456789012", projectId: "acme-alerts" },
        },
        outputs: {
            "gcp:certificatemanager/certificateMap:CertificateMap": { name: "keep-map-1a2b3c" },
            "gcp:certificatemanager/dnsAuthorization:DnsAuthorization": {
                dnsResourceRecords: [{ name: "_acme.keep.example.com.", type: "CNAME", data: "1.authorize.goog." }],
            },
            "gcp:compute/globalAddress:GlobalAddress": { name: "keep-ip-1a2b3c", address: "203.0.113.7" },
            "gcp:projects/iAMCustomRole:IAMCustomRole": { name: "projects/acme-alerts/roles/keepSecrets" },
            "gcp:redis/instance:Instance": { host: "10.1.0.4", port: 6380, authString: "auth-string" },
            "gcp:sql/databaseInstance:DatabaseInstance": {
                name: "keep-instance-1a2b3c",
                privateIpAddress: "10.1.0.3",
                serverCaCerts: [{ cert: AUTHORITY }, { cert: AUTHORITY }],
            },
            "gcp:storage/bucket:Bucket": { name: "dumps-1a2b3c" },
        },
    },
    azure: {
        names: [],
        project: "keep-on-azure",
        config: {
            hostname: "keep.example.com",
            certificateIssuer: "letsencrypt",
            cluster: text({ name: "production", resourceGroupName: "platform" }),
            dnsZone: text({ name: "example.com", resourceGroupName: "dns" }),
            virtualNetworkId: "vnet-1",
            subnetIds: text({ database: "subnet-1", endpoints: "subnet-2", gateway: "subnet-3" }),
        },
        functions: {
            "azure:containerservice/getKubernetesCluster:getKubernetesCluster": {
                location: "westeurope",
                oidcIssuerUrl: "https://westeurope.oic.prod-aks.azure.com/1/2/",
            },
            "azuread:index/getClientConfig:getClientConfig": { tenantId: "22222222-2222-2222-2222-222222222222" },
        },
        outputs: {
            "azure:appconfiguration/licationLoadBalancer:LicationLoadBalancer": { name: "keep-gateway-1a2b3c" },
            "azure:appconfiguration/licationLoadBalancerFrontend:LicationLoadBalancerFrontend": {
                name: "keep-frontend-1a2b3c",
                fullyQualifiedDomainName: "1.fz1.alb.azure.com",
            },
            "azure:authorization/userAssignedIdentity:UserAssignedIdentity": {
                clientId: "66666666-7777-8888-9999-000000000000",
                principalId: "identity-principal-1",
            },
            "azure:core/resourceGroup:ResourceGroup": { name: "keep-group-1a2b3c" },
            "azure:managedredis/managedRedis:ManagedRedis": {
                hostname: "keep.westeurope.redis.azure.net",
                defaultDatabase: { port: 10007, primaryAccessKey: "access-key" },
            },
            "azure:postgresql/flexibleServer:FlexibleServer": { fqdn: "keep.private.postgres.database.azure.com" },
            "azure:privatedns/zone:Zone": { name: "=zone-$" },
            "azure:storage/account:Account": { name: "dumps1a2b3c" },
            "azure:storage/container:Container": { name: "container-1a2b3c" },
            "azuread:index/application:Application": { clientId: "11111111-2222-3333-4444-555555555555" },
            "azuread:index/applicationPassword:ApplicationPassword": { value: "client-secret" },
            "azuread:index/group:Group": { objectId: "=33333333-3333-3333-3333-#" },
        },
    },
    "bare-metal": {
        names: ["letsencrypt", "longhorn"],
        project: "keep-on-bare-metal",
        config: { hostname: "keep.example.com", email: "operations@example.com" },
        functions: {},
        outputs: {},
    },
};

/** What the cloud of an example adds to the inputs of a resource. */
export function outputsOf({ outputs }: Example, type: string, name: string): Record<string, unknown> {
    const named = (value: unknown) =>
        typeof value === "string" && value.startsWith("=")
            ? value.slice(1).replaceAll("$", name).replaceAll("#", hexOf(name))
            : value;
    return Object.fromEntries(Object.entries(outputs[type] ?? {}).map(([key, value]) => [key, named(value)]));
}

/** The end of a GUID, from a name. */
function hexOf(name: string): string {
    return createHash("sha256").update(name).digest("hex").slice(0, 12);
}
