import assert from "node:assert/strict";

import { deployKeep } from "../support/config";

const PREFIX = "nginx.ingress.kubernetes.io";
const DEFAULT = "http://authelia.authelia.svc.cluster.local/api/authz/auth-request";
const OWN = "http://authelia.authelia.svc.cluster.local/api/authz/keep";

const written = (annotations: Readonly<Record<string, string>>) => ({
    publicUrl: "https://keep.example.com",
    auth: {
        kind: "oauth2proxy",
        userHeader: "remote-user",
        groupsHeader: "remote-groups",
        emailHeader: "remote-email",
        edgeSetsHeaders: true,
    },
    ingress: {
        kind: "nginx",
        tls: { clusterIssuer: "letsencrypt" },
        annotations: {
            [`${PREFIX}/auth-response-headers`]: "Remote-User,Remote-Groups,Remote-Email",
            ...annotations,
        },
    },
    networkPolicy: {
        enabled: true,
        edge: [{ namespace: "ingress-nginx", podLabels: { "app.kubernetes.io/name": "ingress-nginx" } }],
    },
});

describe("a warning about Authelia's endpoints that reject the token of the user interface", () => {
    for (const [what, annotations, isWarned] of [
        ["is there for a default endpoint", { [`${PREFIX}/auth-url`]: DEFAULT }, true],
        ["is absent for an endpoint of Keep's own", { [`${PREFIX}/auth-url`]: OWN }, false],
        [
            "is absent if a snippet changes the request to Authelia",
            {
                [`${PREFIX}/auth-url`]: DEFAULT,
                [`${PREFIX}/auth-snippet`]: 'proxy_set_header Authorization "";',
            },
            false,
        ],
    ] as const) {
        it(what, async () => {
            const { warnings } = await deployKeep(written(annotations));

            const path = `keep:ingress.annotations.${PREFIX}/auth-url: unless you have changed it`;
            assert.equal(
                warnings.some((warning) => warning.startsWith(path)),
                isWarned,
                warnings.join("\n"),
            );
        });
    }
});
