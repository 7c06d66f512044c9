/**
 * Commands of the pages that no test runs as they stand there, each with the reason. Of those that call Pulumi the test asks for
 * the help instead, so that at least command and options exist.
 */
export const notRun: Readonly<Record<string, string>> = {
    "npm test -- test/golden.test.ts": ".ci/run runs it, with all other tests",
    "npm run check": "all its parts are steps of .ci/run and of .github/workflows/ci.yml",
    "npm run fix": "writes what check:lint and check:format, which .ci/run has, would refuse",
    "npm run test:inputs": "takes 20 minutes; npm test runs the same test with fewer configurations",
    "npm run test:cluster": "a step of .ci/run",
    "npm run test:e2e": "what runs these commands",
    "npm run test:e2e -- -g documents": "what runs these commands",
    "npm run test:local": "asks a Keep that npm run local has started; a job of .github/workflows/ci.yml does both",
    "npm run test:pods -- test/pods/slow/data.test.ts": "takes minutes on real nodes",
    "npm run test:pods -- --all --record --chart helm-charts/charts/keep test/pods/slow/faults.test.ts":
        "takes an hour, and the chart is not part of this repository",
    "npm run bench": "takes minutes, and tells figures alone",
    "helm template": "only spoken of, as what the chart's users have",
    "helm diff": "a plugin of Helm; only spoken of",
    "npm run test:edge": "a step of .ci/run",
    "npm run test:exercise": "a step of .ci/run",
    "npm run check:manifests": "a step of .ci/run",
    "npm run test:chart -- --chart <folder of charts/keep>": "the chart is not part of this repository",
    "npm run local": "makes a cluster of containers; test/tools/local.test.ts has what leads there",
    "npm run local -- down": "removes a cluster of containers; test/tools/local.test.ts has what leads there",
    "npm install git+https://github.com/keep-on-pulumi/keep-on-pulumi.git#<commit>":
        "fetches from a host of Git's; test/package.test.ts installs what npm packs",
    "npm run configure -- team": "asks at a terminal; test/tools/configure gives it the answers",
    "npm run digests": "asks the registries of all images; test/tools/digests runs it with one of its own",
    "npm run check:audit": "asks npm's registry; a step of .github/workflows/ci.yml",
    "gh attestation verify keep-on-pulumi-1.2.3.tgz --repo keep-on-pulumi/keep-on-pulumi": "needs a published release",
    "npm audit signatures": "needs a published release",
    "npm install keep-on-pulumi": "fetches from npm's registry; npm run test:release does it from one of its own",
    "npm run release -- minor": "pushes a tag; npm run test:release does it in a repository of its own",
    "npm install": "installs the SDK of a cloud; npm run test:examples does it",
    "npm run test:examples": "a step of .ci/run",
    "npm run test:release": "a job of .github/workflows/ci.yml",
    "npx pulumi env init acme/keep/prod": "needs Pulumi Cloud",
    "npx pulumi config env add keep/prod -s prod": "needs Pulumi Cloud",
    'npx pulumi stack init prod --secrets-provider "awskms://alias/pulumi"': "needs a key in AWS",
    "npm run verify -- prod --preflight": "test/cluster/preflight.test.ts asks a real API server",
    "npm run verify -- prod --preflight --pods": "test/pods/assertions/preflight.ts runs its pods on real nodes",
    "npm run verify -- prod": "needs a running Keep; test/verify/verify.test.ts and test/real/verify.test.ts run it",
    "npm run verify -- <stack>": "needs a running Keep; test/verify/verify.test.ts and test/real/verify.test.ts run it",
    "helm install traefik traefik --repo https://traefik.github.io/charts --namespace traefik --create-namespace":
        "fetches a chart; test/edge/traefik.test.ts routes through a real Traefik",
    "npm run verify -- <stack> --preflight":
        "needs the controller that the stack names; test/cluster/preflight.test.ts asks an API server",
    "npm run export -- <stack>": "needs a running Keep; test/real/export.test.ts runs it",
    [`curl -X PUT -H "X-API-KEY: $KEEP_API_KEY" -H "Content-Type: application/json" -d '{"apiKeyId": "webhook"}' https://keep.example.com/v2/settings/apikey`]:
        "needs a running Keep, and a key of an administrator",
    "KEEP_API_KEY=… npm run export -- prod": "needs a running Keep; test/real/export.test.ts runs it",
    "pulumi new": "only spoken of; npm run test:release makes a project of the template",
    "helm uninstall": "what must not be done",
    "kubectl port-forward": "only spoken of: `pulumi up` prints the commands, and no pod here listens",
    "kubectl apply --kustomize": "only spoken of; test/tools/render/render.test.ts builds what kubectl would apply",
    "kubectl cnpg backup keep-database -n keep": "needs a plugin of kubectl and a Cluster of CloudNativePG's operator",
    "sh seal.sh": "needs kubeseal and a controller; test/tools/render/secrets.test.ts runs it with stand-ins",
};
