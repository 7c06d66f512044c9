import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { connect, type Server } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

import { createCertificate } from "../support/certificate";
import { pathOf } from "./programs";
import { start } from "./process";

/** Where test/real/run.sh lets the hosts of the clouds point to. */
const ADDRESSES = {
    s3: "127.0.1.1",
    gcs: "127.0.1.2",
    azure: "127.0.1.3",
    identity: "127.0.1.4",
    compatible: "127.0.1.5",
};
/** Google's metadata server, which gives a pod on GKE the token of its identity. */
const METADATA = "169.254.169.254";
const HOSTS = [
    ...["s3.us-east-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com"],
    ...["storage.googleapis.com", "*.blob.core.windows.net", "login.microsoftonline.com"],
];
/** A server of S3 that checks signatures. */
const S3 = ["serve", "s3", "--auth-key", "backup,of-no-worth"];
const TENANT = "11111111-1111-1111-1111-111111111111";

/** The object stores of three clouds, and what signs a pod in to them. */
export interface Clouds {
    /** What each cloud's webhook sets in a pod that has an identity, and the authorities that the pod trusts. */
    readonly env: Readonly<Record<"s3" | "gcs" | "azure", Readonly<Record<string, string>>>>;
    readonly stop: () => Promise<void>;
}

/** Starts emulators of the object stores, and stand-ins of the identity services, at the hosts of the clouds themselves. */
export async function startClouds(): Promise<Clouds> {
    const folder = mkdtempSync("/tmp/keep-clouds-");
    for (const name of ["aws", "compatible"]) mkdirSync(join(folder, name));
    const file = (name: string, text: string) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
    };
    const { certificate, key } = createCertificate(HOSTS);
    const tls = { cert: certificate, key };
    const [certificateFile, keyFile] = [file("certificate.pem", certificate), file("key.pem", key)];
    const token = file("token", "of the pod");

    const programs = [
        start(pathOf("rclone"), [
            ...S3,
            "--force-path-style=false",
            "--addr",
            `${ADDRESSES.s3}:80`,
            join(folder, "aws"),
        ]),
        start(pathOf("rclone"), [...S3, "--addr", `${ADDRESSES.compatible}:80`, join(folder, "compatible")]),
        start(pathOf("gcs"), [
            ...["-backend", "memory", "-host", ADDRESSES.gcs, "-port", "443"],
            ...["-external-url", "https://storage.googleapis.com"],
            ...["-cert-location", certificateFile, "-private-key-location", keyFile],
        ]),
        start(
            process.execPath,
            [
                ...[pathOf("azure"), "--blobHost", ADDRESSES.azure, "--blobPort", "443", "--oauth", "basic"],
                ...["--cert", certificateFile, "--key", keyFile],
                ...["--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"],
            ],
            { AZURITE_ACCOUNTS: `keepdumps:${Buffer.from("no key is used").toString("base64")}` },
        ),
    ];
    const servers: Server[] = [
        // The emulator has no TLS of its own.
        createTlsServer(tls, (socket) => {
            const upstream = connect(80, ADDRESSES.s3);
            for (const end of [socket, upstream]) end.on("error", () => socket.destroy());
            socket.pipe(upstream).pipe(socket);
        }).listen(443, ADDRESSES.s3),
        createServer(tls, identities).listen(443, ADDRESSES.identity),
        createPlainServer(metadata).listen(80, METADATA),
    ];
    const trust = { SSL_CERT_FILE: certificateFile };
    const clouds: Clouds = {
        env: {
            // https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html
            s3: {
                ...trust,
                AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/keep-backup",
                AWS_WEB_IDENTITY_TOKEN_FILE: token,
                AWS_REGION: "us-east-1",
                AWS_STS_REGIONAL_ENDPOINTS: "regional",
                AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
            },
            gcs: trust,
            // https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html
            azure: {
                ...trust,
                AZURE_CLIENT_ID: "22222222-2222-2222-2222-222222222222",
                AZURE_TENANT_ID: TENANT,
                AZURE_FEDERATED_TOKEN_FILE: token,
                AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com/",
            },
        },
        stop: async () => {
            for (const server of servers) server.close();
            await Promise.all(programs.map((program) => program.stop()));
        },
    };
    const addresses = [
        `${ADDRESSES.s3}:80`,
        `${ADDRESSES.compatible}:80`,
        `${ADDRESSES.gcs}:443`,
        `${ADDRESSES.azure}:443`,
    ];
    try {
        await Promise.all(programs.map((program, index) => program.until(() => isServed(addresses[index] ?? ""), 60)));
    } catch (error) {
        await clouds.stop();
        throw error;
    }
    return clouds;
}

async function isServed(address: string): Promise<boolean> {
    const [host = "", port] = address.split(":");
    const socket = connect(Number(port), host);
    await once(socket, "connect");
    socket.destroy();
    return true;
}

/** AWS' token service and Microsoft's sign-in, which exchange a pod's token. */
const identities: RequestListener = (request, response) => {
    const url = new URL(request.url ?? "/", `https://${request.headers.host ?? ""}`);
    const { hostname, origin, pathname } = url;
    if (hostname.startsWith("sts.")) {
        response.setHeader("Content-Type", "text/xml");
        response.end(ROLE);
    } else if (pathname.endsWith("/discovery/instance")) {
        const metadata = [{ preferred_network: hostname, preferred_cache: hostname, aliases: [hostname] }];
        json(response, {
            tenant_discovery_endpoint: `${origin}/${TENANT}/v2.0/.well-known/openid-configuration`,
            metadata,
        });
    } else if (pathname.endsWith("/openid-configuration")) {
        const at = `${origin}/${TENANT}/oauth2/v2.0`;
        json(response, {
            issuer: `${origin}/${TENANT}/v2.0`,
            authorization_endpoint: `${at}/authorize`,
            token_endpoint: `${at}/token`,
        });
    } else {
        json(response, { token_type: "Bearer", expires_in: 3600, access_token: azureToken() });
    }
};

const metadata: RequestListener = (_, response) => {
    response.setHeader("Metadata-Flavor", "Google");
    json(response, { token_type: "Bearer", expires_in: 3600, access_token: "of the pod" });
};

function json(response: ServerResponse, body: object): void {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(body));
}

/** What the emulator of Azure checks of a token: times, issuer and audience, but no signature. */
function azureToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
        iat: now - 60,
        nbf: now - 60,
        exp: now + 3600,
        aud: "https://storage.azure.com",
        iss: `https://sts.windows.net/${TENANT}/`,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.${part({})}`;
}

const ROLE = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
<Credentials><AccessKeyId>backup</AccessKeyId><SecretAccessKey>of-no-worth</SecretAccessKey><SessionToken>session</SessionToken>
<Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
