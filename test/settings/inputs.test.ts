import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep, type KeepArgs } from "../../components/keep";
import { AUTHORITY } from "../support/certificate";
import { stateAfter } from "../support/deployed";
import { deploy } from "../support/harness";
import { cases, edge, postgres, tls, withValue } from "./inputCases";

async function messageOf(args: () => KeepArgs): Promise<string> {
    const error: unknown = await made(args).catch((reason: unknown) => reason);
    assert.ok(error instanceof Error, "nothing was refused");
    return error.message;
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

        it(`needs a value, also where there is a default: ${path}`, async () => {
            const message = await messageOf(() => withValue(around, path, pulumi.output(undefined)));

            assert.match(message, new RegExp(`^  - ${path.split(".")[0] ?? ""}\\b`, "m"));
        });

        if (wrong !== undefined) {
            it(`is refused like a plain value when it is known and wrong: ${path}`, async () => {
                const message = await messageOf(() => withValue(around, path, wrong));

                assert.equal(await messageOf(() => withValue(around, path, pulumi.output(wrong))), message);
            });
        }
    }

    it("is no reference in env, which would be the text of an object", async () => {
        for (const reference of [{ secret: { name: "slack", key: "token" } }, { field: "metadata.name" }]) {
            const env = { TOKEN: pulumi.output(reference) as never };
            const message = await messageOf(() => ({ publicUrl: "http://keep.example.com", backend: { env } }));

            assert.match(message, /^ {2}- backend\.env\.TOKEN .*is an Output of an object\./m);
        }
        const env = { TOKEN: { secret: { name: pulumi.output("slack"), key: "token" } } };
        await made(() => ({ publicUrl: "http://keep.example.com", backend: { env } }));
    });

    it("is named where it has no value, in place of the default", async () => {
        for (const path of ["images.backend", "namespace.name"]) {
            const message = await messageOf(() => withValue({}, path, pulumi.output(undefined)));

            assert.ok(message.includes(`${path} is an Output whose value is undefined.`), message);
        }
    });

    for (const given of ["later", undefined]) {
        it(`is named in the message of a rule about its neighbour${given === undefined ? ", also if it is unknown" : ""}`, async () => {
            const around = {
                ingress: { kind: "external" },
                auth: { kind: "oauth2proxy", edgeSetsHeaders: true },
                networkPolicy: { enabled: true, edge: [{}] },
            };
            const namespace = pulumi.output(given ?? pulumi.unknown);
            const message = await messageOf(() => withValue(around, "networkPolicy.edge.0.namespace", namespace));

            assert.match(message, /edge\.0 \({"namespace":"\[not known\]"}\) lets too many pods reach the API/);
        });
    }

    it("is checked before anything is created", async () => {
        const created: string[] = [];
        const build = () => {
            const args = withValue({}, "frontend.env.A", pulumi.output("a"));
            const keep = new Keep("keep", { ...args, labels: { team: pulumi.output("a b") } });
            keep.urn.apply((urn) => created.push(urn));
        };

        await assert.rejects(deploy(build), /labels\.team \("a b"\) is not the value of a label/);
        assert.deepEqual(created, []);
    });

    it("is rejected where two ingresses would request a certificate into one Secret", async () => {
        const extra = { hosts: ["api.example.com"], tiers: ["backend"] };
        const args = (first: unknown, second: unknown) => {
            const certificate = (secretName: unknown) => ({ secretName, clusterIssuer: "letsencrypt" });
            return {
                ...withValue(tls, "ingress", { kind: "nginx", tls: certificate(first) }),
                extraIngresses: [{ ...extra, ingress: { kind: "traefik", tls: certificate(second) } }],
            } as KeepArgs;
        };
        const certificates = async (first: unknown, second: unknown) =>
            (await made(() => args(first, second))).filter(({ name }) => name.includes("certificate")).length;
        const [shared, other] = ["shared", "other"].map((name) => pulumi.output(name));

        assert.equal(await certificates("shared", "shared"), 1);
        assert.equal(await certificates(shared, other), 2);
        assert.equal(await certificates(shared, pulumi.output(pulumi.unknown)), 2);
        for (const [first, second] of [
            [shared, shared],
            ["shared", shared],
        ]) {
            assert.match(
                await messageOf(() => args(first, second)),
                /extraIngresses\.0\.ingress\.tls\.secretName \("shared"\) is also the Secret of ingress\.tls\.secretName/,
            );
        }
    });

    it("leaves the words of the message whole when it is a short secret", async () => {
        const message = await messageOf(
            () => ({ ...withValue({}, "openaiApiKey", pulumi.secret("e")), openai: {}, replicas: 1 }) as never,
        );
        assert.match(message, /^[^[]*problem/);
    });

    it("is not shown when it is secret", async () => {
        const message = await messageOf(() =>
            withValue(edge, "networkPolicy.edge.0.cidr", pulumi.secret("10.2.0.0/16")),
        );

        assert.match(message, /networkPolicy\.edge\.0\.except\.0 .* inside \[secret\]/);
        assert.doesNotMatch(message, /10\.2/);
    });

    const plain: Readonly<Record<string, RegExp>> = {
        "backend.env.NOTE": /Move it to secretEnv\. If it is no secret, pass pulumi\.unsecret of it/,
        "frontend.podAnnotations.note": /Remove it, or write a reference .*\. If/,
        "ingress.annotations.note": /Remove it\. If/,
        "pods.labels.note": /Remove it\. If/,
        "namespace.name": /Remove it\. If/,
    };
    for (const [path, fix] of Object.entries(plain)) {
        for (const [when, value] of Object.entries({ known: "hunter2", "unknown in a preview": pulumi.unknown })) {
            it(`is rejected when it is secret, and ${when}: ${path}`, async () => {
                const message = await messageOf(() => withValue({}, path, pulumi.secret(value)));

                assert.ok(
                    message.includes(` ${path} is a secret Output, which the program would use in plain`),
                    message,
                );
                assert.match(message, fix);
                assert.doesNotMatch(message, /hunter2/);
            });
        }

        it(`is accepted when it is no secret any more: ${path}`, async () => {
            await made(() => withValue({}, path, pulumi.unsecret(pulumi.secret("note"))));
        });
    }

    it("is accepted when it is secret, and certificates of authorities", async () => {
        await made(() => withValue({}, "extraCa.pem", pulumi.secret(AUTHORITY)));
    });

    it("is not shown when it is a private key among certificates", async () => {
        const key = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----";
        const message = await messageOf(() => withValue({}, "extraCa.pem", pulumi.secret(`${AUTHORITY}\n${key}`)));

        assert.match(
            message,
            / extraCa\.pem \("\[hidden\]"\) contains something other than complete certificates, such as a private key/,
        );
        assert.doesNotMatch(message, /hunter2/);
    });

    it("is compared with the last deployment once it is known", async () => {
        const settings = (storageClass: string) => ({ database: { kind: "postgres", volume: { storageClass } } });
        const state = await stateAfter(settings("fast"));
        const args = (value: unknown) => withValue(postgres, "database.volume.storageClass", pulumi.output(value));

        await deploy(() => new Keep("keep", args("fast")), { state });
        await deploy(() => new Keep("keep", args(pulumi.unknown)), { state });
        await assert.rejects(
            deploy(() => new Keep("keep", args("slow")), { state }),
            /database\.volume\.storageClass \("slow"\) is not fast/,
        );
    });
});
