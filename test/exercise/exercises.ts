/** A file that is created, with its text, or one that gets a line. */
export type Edit = { readonly create: string } | { readonly after: string; readonly insert: string };

/** A change of the repository by a recipe of CONTRIBUTING.md. */
export interface Exercise {
    readonly recipe: string;
    /** By path from the root of the repository; what `npm run docs` and `npm run golden` write is not counted. */
    readonly edits: Readonly<Record<string, readonly Edit[]>>;
    /** How many files the recipe may take. */
    readonly limit: number;
    /** Tests that judge the change. */
    readonly tests: readonly string[];
    /** Generated documents, and what each then says. */
    readonly documents: Readonly<Record<string, RegExp>>;
}

const kong: Exercise = {
    recipe: "Add a kind of ingress",
    edits: {
        "components/ingress/kong.ts": [
            {
                create: `import { ingressFields } from "./fields";
import { ingressObject, prefixPath, splitByTier } from "./ingressObject";
import { ingressKind } from "./kind";

const UNSUPPORTED = "has no annotation in this controller. Remove it";

/** Kong's controller, by plain rules (https://developer.konghq.com/kubernetes-ingress-controller/reference/annotations/). */
export const kong = ingressKind({
    kind: "kong",
    type: "keep:ingress:KongIngress",
    description: "Kong Ingress Controller 3",
    rewritesPaths: false,
    decodesPaths: false,
    fields: ingressFields,
    supports: { hsts: UNSUPPORTED, maxBodyMegabytes: UNSUPPORTED, tierAnnotations: true },
    managedAnnotations: {
        "konghq.com/protocols": "keep:ingress.tls",
        "konghq.com/https-redirect-status-code": "keep:ingress.tls",
    },
    objects: (context) => {
        const { config, encrypted } = context;
        const { className = "kong" } = config;
        const annotations: Record<string, string> = encrypted
            ? { "konghq.com/protocols": "https", "konghq.com/https-redirect-status-code": "301" }
            : {};
        return splitByTier(context.rules, config).map(({ part, rules }) =>
            ingressObject(context, { part, className, rules, paths: prefixPath, annotations }),
        );
    },
    documentation: {
        objects: "one Ingress",
        recipe: { tls: { clusterIssuer: "letsencrypt" } },
        notes: "Set an idle timeout of 120 seconds or more on the Services with \`annotations\`.",
    },
});
`,
            },
        ],
        "components/ingress/kinds.ts": [
            { after: 'import type { IngressKind } from "./kind";\n', insert: 'import { kong } from "./kong";\n' },
            { after: "    generic,\n", insert: "    kong,\n" },
        ],
        "test/ingress/models/kong.ts": [
            {
                create: `import { annotation, ingresses, type Model, toHttps } from "./model";
import { bySegments } from "./plain";

/** Kong without strip-path: prefixes by segments, the path as it was requested. */
export const kong: Model = {
    ...bySegments,
    annotations: {
        "konghq.com/": { "internal/annotations/annotations.go": ["protocols", "https-redirect-status-code"] },
    },
    answer(manifests, request) {
        const isHttps = ingresses(manifests).some((ingress) => annotation(ingress, "konghq.com/protocols") === "https");
        return isHttps && !request.encrypted ? toHttps(request) : bySegments.answer(manifests, request);
    },
};
`,
            },
        ],
        "test/ingress/models/models.ts": [
            {
                after: 'import { haproxyIngress } from "./haproxyIngress";\n',
                insert: 'import { kong } from "./kong";\n',
            },
            { after: "    generic: bySegments,\n", insert: "    kong,\n" },
        ],
    },
    limit: 4,
    tests: ["test/ingress/*.test.ts", "test/golden.test.ts", "test/docs/*.test.ts", "test/messages.test.ts"],
    documents: {
        "docs/ingress.md": /kong/,
        "docs/stack.schema.json": /"kong"/,
        "docs/configuration.md": /Kong Ingress Controller 3/,
    },
};

const maxConnections: Exercise = {
    recipe: "Add a setting",
    edits: {
        "components/websocket/settings.ts": [
            {
                after: "...tierFields, ...accountFields",
                insert: ', maxConnections: count(1, 1_000_000).optional().describe("connections that one pod accepts")',
            },
        ],
        "components/websocket/websocket.ts": [
            {
                after: 'SOKETI_METRICS_ENABLED: "1",\n',
                insert: `                    SOKETI_DEFAULT_APP_MAX_CONNS: config.maxConnections?.toString(),\n`,
            },
        ],
        "test/websocket.test.ts": [
            {
                create: `import assert from "node:assert/strict";

import { deployKeep } from "./support/config";
import { envOf, mainContainer } from "./support/objects";

describe("keep:websocket.maxConnections", () => {
    it("reaches Soketi", async () => {
        const { resources } = await deployKeep({ websocket: { kind: "soketi", maxConnections: 500 } });
        assert.equal(envOf(mainContainer(resources, "websocket")).SOKETI_DEFAULT_APP_MAX_CONNS, "500");
    });
});
`,
            },
        ],
    },
    limit: 3,
    tests: ["test/websocket.test.ts", "test/golden.test.ts", "test/docs/*.test.ts", "test/settings/arguments.test.ts"],
    documents: { "docs/configuration.md": /maxConnections/, "docs/stack.schema.json": /"maxConnections"/ },
};

/** One exercise for each recipe that names the files it takes. */
export const exercises: readonly Exercise[] = [kong, maxConnections];
