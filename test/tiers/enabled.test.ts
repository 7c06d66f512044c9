import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { valueOf } from "../support/harness";
import { envOf, mainContainer, podsOf } from "../support/objects";
import { accepts } from "../support/refusals";

const apiElsewhere: Written = {
    backend: { enabled: false, url: "https://api.example.com" },
    websocket: { kind: "none" },
};
const uiElsewhere: Written = { frontend: { enabled: false, url: "https://ui.example.com" } };

/** Paths of the Ingresses, with the Service behind each. */
async function deployed(written: Written) {
    const keep = await deployKeep(written);
    const paths = keep
        .all("Ingress")
        .flatMap(({ inputs }) =>
            inputs.spec.rules.flatMap(({ http }) =>
                http.paths.map(({ path, backend }) => `${path} > ${backend.service.name}`),
            ),
        );
    const components = podsOf(keep.resources).map(({ labels }) => labels["app.kubernetes.io/component"]);
    return { ...keep, paths: paths.sort(), components: components.sort() };
}

describe("a Keep whose API runs elsewhere", () => {
    it("has the user interface alone, which calls the API there", async () => {
        const { all, components, paths, resources, result } = await deployed(apiElsewhere);

        assert.deepEqual(components, ["frontend"]);
        assert.deepEqual(paths, ["/ > keep-frontend"]);
        const env = envOf(mainContainer(resources, "frontend"));
        assert.equal(env.API_URL, "https://api.example.com");
        assert.equal(env.API_URL_CLIENT, undefined);
        assert.equal((await valueOf(result.urls)).backend, "https://api.example.com");
        assert.equal(result.firstUser, undefined);
        assert.deepEqual(all("PersistentVolumeClaim"), []);
        assert.deepEqual(all("Role"), []);
    });

    it("lets the user interface reach that API through network policies, and nothing else", async () => {
        const { all } = await deployed({
            ...apiElsewhere,
            backend: { enabled: false, url: "http://10.7.7.7:8080" },
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });
        const policy = all("NetworkPolicy").find(({ physicalName }) => physicalName === "keep-frontend");

        assert.deepEqual(policy?.inputs.spec.egress.at(-1), {
            to: [{ ipBlock: { cidr: "10.7.7.7/32" } }],
            ports: [{ port: 8080, protocol: "TCP" }],
        });
        assert.deepEqual(
            all("NetworkPolicy")
                .map(({ physicalName }) => physicalName)
                .sort(),
            ["keep-frontend", "keep-network"],
        );
    });
});

describe("a Keep whose user interface runs elsewhere", () => {
    it("has the API with all that belongs to it, and links to that user interface", async () => {
        const { components, paths, resources, result } = await deployed(uiElsewhere);

        assert.deepEqual(components, ["backend", "websocket"]);
        assert.equal(
            paths.some((path) => path.endsWith("keep-frontend")),
            false,
        );
        assert.ok(paths.some((path) => path.startsWith("/v2") && path.endsWith("keep-backend")));
        assert.equal(envOf(mainContainer(resources, "backend")).KEEP_PLATFORM_URL, "https://ui.example.com");
        assert.equal((await valueOf(result.urls)).frontend, "https://ui.example.com");
        assert.equal((await valueOf(result.urls)).backend, "http://keep.example.com/v2");
    });
    accepts({
        "no ingress": { ...uiElsewhere, ingress: { kind: "none" } },
        "every kind of database and Redis": {
            ...uiElsewhere,
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
        },
    });
});
