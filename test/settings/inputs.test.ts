import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep, type KeepArgs } from "../../components/keep";
import { deploy } from "../support/harness";

/** A setting that another resource may give: with which others, where, a value, and one that is refused when it is known. */
type Case = readonly [around: object, path: string, value: string, wrong?: string];

const external = { database: { kind: "external", engine: "postgres" }, databasePassword: "p" };
const okta = { auth: { kind: "okta", issuer: "https://team.okta.com", clientId: "keep" }, authClientSecret: "s" };
const postgres = { database: { kind: "postgres" } };
const tls = { publicUrl: "https://keep.example.com" };
const gateway = {
    ...tls,
    ingress: { kind: "gateway", parentRef: { name: "edge" }, tls: { defaultCertificate: true } },
};
const alb = { ...tls, ingress: { kind: "alb", tls: { defaultCertificate: true } } };
const s3 = { ...postgres, backup: { kind: "s3", bucket: "b", credentials: "s3" } };
const bundled = { ...postgres, redis: { kind: "bundled" } };

const cases: readonly Case[] = [
    [external, "database.host", "db.example.com", "tcp://db"],
    [{ ...postgres, redis: { kind: "external" } }, "redis.host", "redis.example.com", "redis://r"],
    [okta, "auth.clientId", "keep-client", "a b"],
    [okta, "auth.clientSecret.name", "client", "A B"],
    [alb, "ingress.certificateArn", "arn:aws:acm:eu-west-1:1:certificate/x", "certificate/x"],
    [alb, "ingress.className", "alb-internal", "A B"],
    [gateway, "ingress.parentRef.name", "public", "A B"],
    [tls, "ingress.tls.secretName", "cert", "A B"],
    [tls, "ingress.tls.clusterIssuer", "letsencrypt", "A B"],
    [{ ...tls, ingress: { kind: "traefik" } }, "ingress.tls.issuer", "letsencrypt", "A B"],
    [alb, "ingress.annotations.team", "alerts"],
    [s3, "backup.bucket", "keep-dumps", "A/B"],
    [{}, "labels.team", "alerts", "a b"],
    [{}, "namespace.labels.team", "alerts", "a b"],
    [{}, "namespace.annotations.team", "alerts"],
    [{}, "serviceAccount.annotations.role", "arn:aws:iam::1:role/keep"],
    [{}, "backend.env.AWS_ROLE_ARN", "arn:aws:iam::1:role/keep"],
    [{}, "frontend.env.THEME", "dark"],
    [{}, "backend.podAnnotations.team", "alerts"],
    [{}, "frontend.podLabels.team", "alerts", "a b"],
    [{}, "pods.annotations.team", "alerts"],
    [postgres, "database.settings.work_mem", "64MB"],
    [bundled, "worker.env.REGION", "eu-west-1"],
    [{}, "backend.env.TOKEN.secret.name", "token", "A B"],
    [{ extraCa: { configMap: { name: "ca", key: "ca.crt" } } }, "extraCa.configMap.key", "root.crt", ""],
];

function withValue(around: object, path: string, value: unknown): KeepArgs {
    const args = structuredClone({ publicUrl: "http://keep.example.com", ...around }) as Record<string, unknown>;
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let at = args;
    for (const step of steps) {
        at = (at[step] ??= step === "ingress" && path.startsWith("ingress") ? { kind: "nginx" } : {}) as typeof at;
    }
    if (path.endsWith(".secret.name")) {
        at.key = "k";
    }
    if (path === "auth.clientSecret.name") {
        at.key = "k";
        delete args.authClientSecret;
    }
    at[last] = value;
    return args as unknown as KeepArgs;
}

async function made(args: () => KeepArgs) {
    const { resources } = await deploy(() => new Keep("keep", args()));
    return resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
}

describe("a setting that a program gives as an Output", () => {
    for (const [around, path, value, wrong] of cases) {
        it(`makes the same objects: ${path}`, async () => {
            const plain = await made(() => withValue(around, path, value));

            assert.deepEqual(await made(() => withValue(around, path, pulumi.output(value))), plain);
        });

        it(`may be unknown in a preview: ${path}`, async () => {
            const plain = await made(() => withValue(around, path, value));
            const unknown = await made(() => withValue(around, path, pulumi.output(pulumi.unknown)));

            const names = (all: typeof plain) => all.map(({ type, name, inputs }) => [type, name, Object.keys(inputs)]);
            assert.deepEqual(names(unknown), names(plain));
            assert.doesNotMatch(JSON.stringify(unknown), /keepinput/);
        });

        if (wrong !== undefined) {
            it(`is refused when it is known and wrong: ${path}`, async () => {
                await assert.rejects(
                    made(() => withValue(around, path, pulumi.output(wrong))),
                    (error: Error) => {
                        assert.match(error.message, new RegExp(`${path.replaceAll(".", "\\.")} \\(`));
                        return true;
                    },
                );
            });
        }
    }
});
