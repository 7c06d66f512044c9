import assert from "node:assert/strict";

import { configurationPage } from "../../tools/docs/configuration";

describe("the documentation of the configuration", () => {
    const page = configurationPage();

    it("says of every setting what it is for", () => {
        const rows = page.split("\n").filter((line) => line.startsWith("| `"));

        assert.ok(rows.length > 200);
        assert.deepEqual(
            rows.filter((row) => /\|\s*\|$/.test(row)),
            [],
        );
    });

    it("links to sections that exist", () => {
        const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
            title
                .toLowerCase()
                .replace(/[^\w -]/g, "")
                .replaceAll(" ", "-"),
        );
        const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = ""]) => anchor);

        assert.ok(links.length > 30);
        assert.deepEqual(
            links.filter((link) => !anchors.includes(link)),
            [],
        );
    });

    it("gives each setting its type and its default", () => {
        for (const row of [
            "| `backendPrefix` | text | `/v2` | path of the API, for tools that send alerts and for the browser |",
            "| `size` | quantity | `10Gi` | requested size; it can grow if the storage class allows that |",
            "| `autoscaling.max` | whole number, 1 to 1000 | **required** | most pods |",
            "| `service.type` | `ClusterIP`, `NodePort`, `LoadBalancer` | `ClusterIP` | how the Service is reached; ClusterIP: inside the cluster; NodePort: also on a port of every node; LoadBalancer: also at a load balancer |",
            "| `env` | map: text or object |  | additional environment variables, by name; each: plain text, `{secret: {name, key}}`, `{configMap: {name, key}}` or `{field: metadata.name}` |",
        ]) {
            assert.ok(page.split("\n").includes(row), row);
        }
    });

    it("has a table of its own for each kind, without the settings of others", () => {
        const [, vault = ""] = /#### keep:secretStore, kind: vault\n([^]*?)\n####/.exec(page) ?? [];

        assert.match(vault, /`address`/);
        assert.doesNotMatch(vault, /`kmsKeyId`/);
    });
});
