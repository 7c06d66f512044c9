import * as azure from "@pulumi/azure";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Keep } from "keep-on-pulumi";

const config = new pulumi.Config();
const hostname = config.require("hostname");
const dnsZone = config.requireObject<{ name: string; resourceGroupName: string }>("dnsZone");
const certificateIssuer = config.require("certificateIssuer");

// The network and the cluster exist. The cluster has workload identity, cert-manager and the ALB Controller.
const cluster = azure.containerservice.getKubernetesClusterOutput(
    config.requireObject<{ name: string; resourceGroupName: string }>("cluster"),
);
const virtualNetworkId = config.require("virtualNetworkId");
const subnetIds = config.requireObject<{ database: string; endpoints: string; gateway: string }>("subnetIds");

const resourceGroup = new azure.core.ResourceGroup("keep", { location: cluster.location });
const resourceGroupName = resourceGroup.name;

/** A private DNS zone that the pods of the cluster resolve. */
function privateZone(key: string, name: string): azure.privatedns.Zone {
    const zone = new azure.privatedns.Zone(key, { name, resourceGroupName });
    new azure.privatedns.ZoneVirtualNetworkLink(key, {
        resourceGroupName,
        privateDnsZoneName: zone.name,
        virtualNetworkId,
    });
    return zone;
}

const password = new random.RandomPassword("database", { length: 32, special: false });
const database = new azure.postgresql.FlexibleServer("keep", {
    resourceGroupName,
    version: "17",
    skuName: "GP_Standard_D2ds_v5",
    storageMb: 65536,
    highAvailability: { mode: "ZoneRedundant" },
    backupRetentionDays: 14,
    delegatedSubnetId: subnetIds.database,
    privateDnsZoneId: privateZone("database", "keep.private.postgres.database.azure.com").id,
    publicNetworkAccessEnabled: false,
    administratorLogin: "keep",
    administratorPassword: password.result,
});
const name = new azure.postgresql.FlexibleServerDatabase("keep", { serverId: database.id, name: "keep" }).name;

// The successor of Azure Cache for Redis (https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq).
const redis = new azure.managedredis.ManagedRedis("keep", {
    resourceGroupName,
    skuName: "Balanced_B1",
    publicNetworkAccess: "Disabled",
    defaultDatabase: {
        accessKeysAuthenticationEnabled: true,
        clientProtocol: "Encrypted",
        clusteringPolicy: "NoCluster",
        evictionPolicy: "NoEviction",
    },
});
const redisEndpoint = new azure.privatelink.Endpoint("redis", {
    resourceGroupName,
    subnetId: subnetIds.endpoints,
    privateServiceConnection: {
        name: "redis",
        privateConnectionResourceId: redis.id,
        subresourceNames: ["redisEnterprise"],
        isManualConnection: false,
    },
    privateDnsZoneGroup: {
        name: "redis",
        privateDnsZoneIds: [privateZone("redis", "privatelink.redis.azure.net").id],
    },
});

// Application Gateway for Containers; the SDK spells its resources without "App".
const gateway = new azure.appconfiguration.LicationLoadBalancer("keep", { resourceGroupName });
const frontend = new azure.appconfiguration.LicationLoadBalancerFrontend("keep", {
    applicationLoadBalancerId: gateway.id,
});
new azure.appconfiguration.LicationLoadBalancerSubnetAssociation("keep", {
    applicationLoadBalancerId: gateway.id,
    subnetId: subnetIds.gateway,
});
new azure.dns.CNameRecord("keep", {
    resourceGroupName: dnsZone.resourceGroupName,
    zoneName: dnsZone.name,
    name: hostname.replace(`.${dnsZone.name}`, ""),
    ttl: 300,
    record: frontend.fullyQualifiedDomainName,
});

const { tenantId } = azuread.getClientConfigOutput();
const admins = new azuread.Group("admins", { displayName: "Keep administrators", securityEnabled: true });
const readers = new azuread.Group("readers", { displayName: "Keep readers", securityEnabled: true });
const scope = new random.RandomUuid("scope");
const groups = [{ name: "groups" }];
const application = new azuread.Application("keep", {
    displayName: "Keep",
    web: { redirectUris: [`https://${hostname}/api/auth/callback/microsoft-entra-id`] },
    groupMembershipClaims: ["SecurityGroup"],
    optionalClaims: { accessTokens: groups, idTokens: groups },
    api: {
        oauth2PermissionScopes: [
            {
                id: scope.result,
                value: "default",
                type: "User",
                adminConsentDisplayName: "Sign in to Keep",
                adminConsentDescription: "Sign in to Keep",
            },
        ],
    },
});
new azuread.ServicePrincipal("keep", { clientId: application.clientId });
new azuread.ApplicationIdentifierUri("keep", {
    applicationId: application.id,
    identifierUri: pulumi.interpolate`api://${application.clientId}`,
});
const clientSecret = new azuread.ApplicationPassword("keep", { applicationId: application.id });

const storage = new azure.storage.Account("dumps", {
    resourceGroupName,
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    sharedAccessKeyEnabled: false,
});
const dumps = new azure.storage.Container("dumps", { storageAccountId: storage.id });
const backupIdentity = new azure.authorization.UserAssignedIdentity("backup", { resourceGroupName });
// The identity of the ServiceAccount `keep-backup` (https://learn.microsoft.com/azure/aks/workload-identity-overview).
new azure.armmsi.FederatedIdentityCredential("backup", {
    userAssignedIdentityId: backupIdentity.id,
    issuer: cluster.oidcIssuerUrl,
    subject: "system:serviceaccount:keep:keep-backup",
    audience: "api://AzureADTokenExchange",
});
new azure.authorization.Assignment("dumps", {
    scope: dumps.id,
    roleDefinitionName: "Storage Blob Data Contributor",
    principalId: backupIdentity.principalId,
});

const keep = new Keep(
    "keep",
    {
        publicUrl: `https://${hostname}`,
        size: "medium",
        ingress: {
            kind: "gateway",
            className: "azure-alb-external",
            annotations: { "alb.networking.azure.io/alb-id": gateway.id },
            addresses: [{ type: "alb.networking.azure.io/alb-frontend", value: frontend.name }],
            tls: { clusterIssuer: certificateIssuer },
        },
        auth: {
            kind: "azuread",
            clientId: application.clientId,
            tenantId,
            adminGroupId: admins.objectId,
            nocGroupId: readers.objectId,
        },
        authClientSecret: clientSecret.value,
        database: {
            kind: "external",
            engine: "postgres",
            host: database.fqdn,
            name,
            tls: { mode: "verify-full" },
        },
        databasePassword: password.result,
        redis: {
            kind: "external",
            host: redis.hostname,
            port: redis.defaultDatabase.apply((given) => given?.port ?? 10000),
            tls: true,
        },
        redisPassword: redis.defaultDatabase.apply((given) => given?.primaryAccessKey ?? ""),
        backup: {
            kind: "azure",
            account: storage.name,
            container: dumps.name,
            serviceAccount: { annotations: { "azure.workload.identity/client-id": backupIdentity.clientId } },
        },
    },
    { dependsOn: redisEndpoint },
);

/** Where people open Keep. */
export const address = keep.urls.frontend;
