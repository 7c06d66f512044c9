import assert from "node:assert/strict";

import { NOT_MADE, PUBLISHED } from "./pods/published";
import { deployKeep, deployStack, stack } from "./support/config";
import { type Container, containersOf, type Pods, podsOf } from "./support/objects";

// What pods assume of the images that they run, against the one page on them: a new version is a reason to read its sources again.
describe("the published images", () => {
    const stacks = {
        dev: () => deployStack(stack("dev")),
        prod: () => deployStack(stack("prod")),
        "a stack with MySQL and backups in a bucket": () =>
            deployKeep({
                database: { kind: "mysql" },
                backup: { kind: "s3", bucket: "backups", credentials: "bucket" },
                retention: { days: 30 },
            }),
    };
    for (const [name, deploy] of Object.entries(stacks)) {
        it(`have what the pods of ${name} assume of them`, async () => {
            const pods = podsOf((await deploy()).resources);
            assert.ok(pods.length > 0);
            const findings = pods.flatMap((pod) =>
                containersOf(pod).flatMap((container) =>
                    findingsOf(pod, container).map((finding) => `${container.name} of ${pod.owner.id} ${finding}`),
                ),
            );
            assert.deepEqual(findings, []);
        });
    }
});

function findingsOf(
    { owner, spec }: Pods,
    { image, command, env = [], volumeMounts = [] }: Container,
): readonly string[] {
    const published = Object.values({ ...PUBLISHED, ...NOT_MADE }).find(
        ({ reference }) => reference === image?.replace(/@.*$/, ""),
    );
    if (published === undefined) return [`runs ${image ?? "nothing"}, which is not on that page`];
    const { programs, user, writes } = published;
    const [program] = command ?? [];
    // A Job calls a program of the image, never its server, which has folders of its own.
    const written = owner.kind === "Deployment" ? writes : writes.filter((path) => path === "/tmp");
    const runAsUser = spec.securityContext?.runAsUser;
    // Above a folder counts, too; and nothing but a volume can be written to on a read-only root.
    const covered = (path: string) =>
        volumeMounts.some(({ mountPath }) => path === mountPath || path.startsWith(`${mountPath}/`));
    const named = env.some(({ name, value }) => name === "LOGNAME" && value !== "");
    return [
        ...(program === undefined || programs.includes(program) ? [] : [`calls ${program}, which the image may lack`]),
        ...written.filter((path) => !covered(path)).map((path) => `has no volume at ${path}, where the image writes`),
        ...(published === PUBLISHED.backend && runAsUser !== user.uid && !named
            ? ["runs as a user whom the image's user table lacks, and is told no name of it"]
            : []),
    ];
}
