import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { snippetsOf } from "../docs/snippets";
import { deploy, type Deployed } from "../support/harness";
import { envOf, mainContainer } from "../support/objects";
import { OUTPUTS } from "./awsStandIn";

const root = join(__dirname, "..", "..");
const program = readFileSync(join(root, "examples", "aws", "index.ts"), "utf8");

/** The example with a stand-in for `@pulumi/aws`, and with this program as the package. */
function consumer(): string {
    const folder = mkdtempSync(join(tmpdir(), "keep-aws-"));
    cpSync(join(root, "examples", "aws", "index.ts"), join(folder, "index.ts"));
    const modules = {
        "@pulumi/aws": `module.exports = require(${JSON.stringify(join(__dirname, "awsStandIn.ts"))}).aws;`,
        "keep-on-pulumi": `module.exports = require(${JSON.stringify(join(root, "components", "keep.ts"))});`,
    };
    for (const [name, text] of Object.entries(modules)) {
        mkdirSync(join(folder, "node_modules", name), { recursive: true });
        writeFileSync(join(folder, "node_modules", name, "index.js"), text);
    }
    for (const name of ["@pulumi/pulumi", "@pulumi/random"]) {
        mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
        symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
    }
    return folder;
}

describe("the example for AWS, with stand-ins for its resources", () => {
    let folder: string;
    let run: Deployed<unknown>;
    before(async () => {
        folder = consumer();
        run = await deploy(() => createRequire(join(folder, "index.ts"))("./index.ts") as unknown, {
            project: "keep-on-aws",
            preview: false,
            config: {
                "keep-on-aws:hostname": "keep.example.com",
                "keep-on-aws:zoneId": "Z1",
                "keep-on-aws:subnetIds": '["subnet-1","subnet-2"]',
                "keep-on-aws:securityGroupId": "sg-1",
                "keep-on-aws:oidcProvider": "oidc.eks.eu-west-1.amazonaws.com/id/A",
            },
            exports: (result) => result as object,
        });
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("is the program of docs/component.md", () => {
        const snippets = snippetsOf(readFileSync(join(root, "docs", "component.md"), "utf8"));

        assert.ok(snippets.some(({ text }) => `${text}\n` === program));
    });

    it("hands database, Redis, certificate, roles and bucket on to Keep", () => {
        const { all, one, outputs, resources } = run;
        const annotations = (kind: "Ingress" | "ServiceAccount", name: string) =>
            all(kind).find(({ physicalName }) => physicalName === name)?.inputs.metadata.annotations ?? {};
        const url = Object.values(one("Secret", "keep.database-url").inputs.stringData).join("");
        const env = envOf(mainContainer(resources, "backend"));

        assert.match(url, new RegExp(`@${OUTPUTS.address}:${OUTPUTS.port}/keep\\?sslmode=require`));
        assert.deepEqual([env.REDIS_HOST, env.REDIS_SSL], [OUTPUTS.primaryEndpointAddress, "true"]);
        assert.equal(
            annotations("Ingress", "keep-alb")["alb.ingress.kubernetes.io/certificate-arn"],
            OUTPUTS.certificateArn,
        );
        assert.equal(
            annotations("ServiceAccount", "keep-backend")["eks.amazonaws.com/role-arn"],
            "arn:aws:iam::111122223333:role/keep-secrets",
        );
        assert.equal(
            annotations("ServiceAccount", "keep-backup")["eks.amazonaws.com/role-arn"],
            "arn:aws:iam::111122223333:role/keep-dumps",
        );
        const upload = one("CronJob").inputs.spec.jobTemplate.spec.template.spec.containers[0];
        assert.equal(envOf(upload as never).TARGET, `bucket:${OUTPUTS.bucket}/keep/keep`);
        assert.equal(outputs.plain.address, "https://keep.example.com");
    });
});
