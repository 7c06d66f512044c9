import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Keep } from "keep-on-pulumi";

const config = new pulumi.Config();
const hostname = config.require("hostname");
const managedZone = config.require("managedZone");

// The cluster has Gateway API and workload identity. Its network has private services access.
const network = config.require("network");
const region = config.require("region");
const project = gcp.organizations.getProjectOutput();

const database = new gcp.sql.DatabaseInstance("keep", {
    databaseVersion: "POSTGRES_17",
    region,
    settings: {
        edition: "ENTERPRISE",
        tier: "db-custom-2-8192",
        availabilityType: "REGIONAL",
        ipConfiguration: { ipv4Enabled: false, privateNetwork: network, sslMode: "ENCRYPTED_ONLY" },
        backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
    },
});
const password = new random.RandomPassword("database", { length: 32, special: false });
const name = new gcp.sql.Database("keep", { instance: database.name, name: "keep" }).name;
const user = new gcp.sql.User("keep", { instance: database.name, name: "keep", password: password.result }).name;
/** Certificate authorities of this instance alone: two of them while one is rotated. */
const databaseAuthorities = database.serverCaCerts.apply((authorities) =>
    authorities.map(({ cert }) => cert).join("\n"),
);

// Without TLS: its certificate names the address as Common Name, which Soketi's client rejects. Google encrypts traffic inside of
// a network (https://cloud.google.com/docs/security/encryption-in-transit).
const redis = new gcp.redis.Instance("keep", {
    tier: "STANDARD_HA",
    memorySizeGb: 1,
    region,
    authorizedNetwork: network,
    connectMode: "PRIVATE_SERVICE_ACCESS",
    authEnabled: true,
});

const ip = new gcp.compute.GlobalAddress("keep");
new gcp.dns.RecordSet("keep", { managedZone, name: `${hostname}.`, type: "A", ttl: 300, rrdatas: [ip.address] });

const authorization = new gcp.certificatemanager.DnsAuthorization("keep", { domain: hostname });
const [challenge] = [authorization.dnsResourceRecords[0]];
new gcp.dns.RecordSet("challenge", {
    managedZone,
    name: challenge.name,
    type: challenge.type,
    ttl: 300,
    rrdatas: [challenge.data],
});
const certificate = new gcp.certificatemanager.Certificate("keep", {
    managed: { domains: [hostname], dnsAuthorizations: [authorization.id] },
});
const certificateMap = new gcp.certificatemanager.CertificateMap("keep");
new gcp.certificatemanager.CertificateMapEntry("keep", {
    map: certificateMap.name,
    hostname,
    certificates: [certificate.id],
});

const namespace = new kubernetes.core.v1.Namespace("keep-gateway", { metadata: { name: "keep-gateway" } });
// A listener takes its certificate from the map (https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway).
const gateway = new kubernetes.apiextensions.CustomResource("keep-gateway", {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
        name: "keep-gateway",
        namespace: namespace.metadata.name,
        annotations: { "networking.gke.io/certmap": certificateMap.name },
    },
    spec: {
        gatewayClassName: "gke-l7-global-external-managed",
        addresses: [{ type: "NamedAddress", value: ip.name }],
        listeners: [
            { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } },
            { name: "https", port: 443, protocol: "HTTPS", allowedRoutes: { namespaces: { from: "All" } } },
        ],
    },
});

/** A ServiceAccount of the namespace `keep`, as Google knows it (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity). */
function principalOf(serviceAccount: string): pulumi.Output<string> {
    const pool = pulumi.interpolate`projects/${project.number}/locations/global/workloadIdentityPools/${project.projectId}.svc.id.goog`;
    return pulumi.interpolate`principal://iam.googleapis.com/${pool}/subject/ns/keep/sa/${serviceAccount}`;
}

const projectId = project.apply(({ projectId = "" }) => projectId);
const secretsRole = new gcp.projects.IAMCustomRole("secrets", {
    roleId: "keepSecrets",
    title: "Secrets of Keep",
    permissions: ["secrets.create", "secrets.delete", "versions.access", "versions.add"].map(
        (permission) => `secretmanager.${permission}`,
    ),
});
new gcp.projects.IAMMember("secrets", {
    project: projectId,
    role: secretsRole.name,
    member: principalOf("keep-backend"),
});

const dumps = new gcp.storage.Bucket("dumps", { location: region, uniformBucketLevelAccess: true });
new gcp.storage.BucketIAMMember("dumps", {
    bucket: dumps.name,
    role: "roles/storage.objectUser",
    member: principalOf("keep-backup"),
});

const keep = new Keep("keep", {
    publicUrl: `https://${hostname}`,
    size: "medium",
    ingress: {
        kind: "gateway",
        implementation: "gke",
        parentRef: {
            name: gateway.metadata.name,
            namespace: namespace.metadata.name,
            sectionName: "https",
            redirectSection: "http",
        },
        tls: { defaultCertificate: true },
    },
    database: {
        kind: "external",
        engine: "postgres",
        host: database.privateIpAddress,
        name,
        user,
        // The authority signs for this instance only, and the certificate has no name that could be verified.
        tls: { mode: "verify-ca", ca: { pem: databaseAuthorities } },
    },
    databasePassword: password.result,
    redis: { kind: "external", host: redis.host, port: redis.port },
    redisPassword: redis.authString,
    secretStore: { kind: "gcp", project: projectId },
    backup: { kind: "gcs", bucket: dumps.name },
});

/** Where people open Keep. */
export const address = keep.urls.frontend;

/** The first user, with the generated password. */
export const firstUser = keep.firstUser;
