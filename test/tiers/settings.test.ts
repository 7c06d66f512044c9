import { accepts, refuses } from "../support/refusals";

describe("the settings of a tier", () => {
    refuses({
        "an empty image": [
            { frontend: { image: "" } },
            'keep:frontend.image ("") is empty. Name an image, or leave the key out.',
        ],
        "a negative number of replicas": [
            { frontend: { replicas: -1 } },
            "keep:frontend.replicas (-1) is less than 0. Use 0 or more.",
        ],
        "replicas in text": [
            { frontend: { replicas: "two" } },
            'keep:frontend.replicas ("two") is not a whole number. Write digits alone, without quotes.',
        ],
        "autoscaling without a maximum": [
            { frontend: { autoscaling: {} } },
            "keep:frontend.autoscaling.max is missing. Give it a whole number.",
        ],
        "autoscaling from nothing": [
            { frontend: { autoscaling: { min: 0, max: 2 } } },
            "keep:frontend.autoscaling.min (0) is less than 1. Use 1 or more.",
        ],
        "autoscaling with a minimum above its maximum": [
            { frontend: { autoscaling: { min: 3, max: 2 } } },
            'keep:frontend.autoscaling ({"min":3,"max":2}) has a min above its max. Raise max, or lower min.',
        ],
        "autoscaling whose default minimum is above its maximum": [
            { frontend: { autoscaling: { max: 1 } } },
            'keep:frontend.autoscaling ({"max":1}) has a min above its max. Raise max, or lower min.',
        ],
        "autoscaling at more CPU than there is": [
            { frontend: { autoscaling: { max: 2, cpu: 101 } } },
            "keep:frontend.autoscaling.cpu (101) is more than 100. Use 100 or less.",
        ],
        "autoscaling at no memory": [
            { frontend: { autoscaling: { max: 2, memory: 0 } } },
            "keep:frontend.autoscaling.memory (0) is less than 1. Use 1 or more.",
        ],
        "autoscaling behavior in text": [
            { frontend: { autoscaling: { max: 2, behavior: "fast" } } },
            'keep:frontend.autoscaling.behavior ("fast") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior.',
        ],
        "a quantity of nothing known": [
            { frontend: { resources: { requests: { cpu: "a lot" } } } },
            'keep:frontend.resources.requests.cpu ("a lot") is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi.',
        ],
        "a quantity that is not text": [
            { frontend: { resources: { limits: { memory: true } } } },
            "keep:frontend.resources.limits.memory (true) is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi.",
        ],
        "a request above its limit": [
            {
                frontend: {
                    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: 1, memory: "1.5G" } },
                },
            },
            'keep:frontend.resources.requests.memory ("2Gi") is more than limits.memory, which is 1.5G. Lower it, or raise the limit.',
        ],
        "an environment variable that is a list": [
            { frontend: { env: { A: ["b"] } } },
            'keep:frontend.env.A (["b"]) has the wrong form. Write plain text, {secret: {name, key}}, {configMap: {name, key}} or {field: metadata.name}.',
        ],
        "an environment variable from a Secret without a name": [
            { frontend: { env: { A: { secret: { key: "k" } } } } },
            'keep:frontend.env.A ({"secret":{"key":"k"}}) has the wrong form. Write plain text, {secret: {name, key}}, {configMap: {name, key}} or {field: metadata.name}.',
        ],
        "an environment variable from a Secret that is no name": [
            { frontend: { env: { A: { secret: { name: "My Secret", key: "k" } } } } },
            'keep:frontend.env.A.secret.name ("My Secret") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "an environment variable from a ConfigMap without a key": [
            { frontend: { env: { A: { configMap: { name: "c", key: "" } } } } },
            'keep:frontend.env.A.configMap.key ("") is empty. Name the key inside the object.',
        ],
        "an environment variable from a field that pods do not have": [
            { frontend: { env: { A: { field: "status.phase" } } } },
            "keep:frontend.env.A.field (\"status.phase\") is not a field that Kubernetes puts into the environment. Use one like metadata.name, metadata.labels['team'], spec.nodeName or status.podIP.",
        ],
        "a start in no time": [
            { frontend: { startupSeconds: 5 } },
            "keep:frontend.startupSeconds (5) is less than 60. Use 60 or more.",
        ],
        "resources that no container can ask for": [
            { frontend: { resources: { requests: { pods: 1 }, limits: { gpu: 1, "kubernetes.io/cpu": 1 } } } },
            "keep:frontend.resources.requests.pods (1) is not a resource. Use cpu, memory, ephemeral-storage, or a name with a domain such as nvidia.com/gpu.",
            "keep:frontend.resources.limits.gpu (1) is not a resource. Use cpu, memory, ephemeral-storage, or a name with a domain such as nvidia.com/gpu.",
            "keep:frontend.resources.limits.kubernetes.io/cpu (1) is not a resource. Use cpu, memory, ephemeral-storage, or a name with a domain such as nvidia.com/gpu.",
        ],
        "names with an empty part, and numbers that Kubernetes cannot hold": [
            { frontend: { priorityClassName: "a..b" }, setup: { retries: 3_000_000_000 } },
            'keep:frontend.priorityClassName ("a..b") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
            "keep:setup.retries (3000000000) is more than 2147483647. Use 2147483647 or less.",
        ],
        "a million pods": [
            { frontend: { replicas: 1_000_000, autoscaling: { max: 1_000_000 } } },
            "keep:frontend.replicas (1000000) is more than 1000. Use 1000 or less.",
            "keep:frontend.autoscaling.max (1000000) is more than 1000. Use 1000 or less.",
        ],
        "a port on the nodes and a class of load balancers for a Service inside the cluster": [
            { frontend: { service: { nodePort: 30080, loadBalancerClass: "service.k8s.aws/nlb" } } },
            "keep:frontend.service.nodePort (30080) needs a Service of another type. Set type to NodePort or LoadBalancer, or remove it.",
            'keep:frontend.service.loadBalancerClass ("service.k8s.aws/nlb") needs a load balancer. Set type to LoadBalancer, or remove it.',
        ],
        "names that are none for labels and annotations": [
            { frontend: { podLabels: { "a/b/c": "x" }, podAnnotations: { "UPPER.example.com/x": "y" } } },
            'keep:frontend.podAnnotations.UPPER.example.com/x ("y") is not the name of an annotation. Write it like team or example.com/team: at most 63 letters, digits, dashes, underscores and dots after the slash.',
            'keep:frontend.podLabels.a/b/c ("x") is not the name of a label. Write it like team or example.com/team: at most 63 letters, digits, dashes, underscores and dots after the slash.',
        ],
        "an environment source without a name": [
            { frontend: { envFrom: [{ prefix: "A_" }] } },
            'keep:frontend.envFrom.0 ({"prefix":"A_"}) names both a Secret and a ConfigMap, or neither. Give one of secret and configMap.',
        ],
        "an environment source with two names": [
            { frontend: { envFrom: [{ secret: "s", configMap: "c" }] } },
            'keep:frontend.envFrom.0 ({"secret":"s","configMap":"c"}) names both a Secret and a ConfigMap, or neither. Give one of secret and configMap.',
        ],
        "an environment source that is no name": [
            { frontend: { envFrom: [{ secret: "My Secret" }] } },
            'keep:frontend.envFrom.0.secret ("My Secret") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "a command in one text": [
            { frontend: { command: "node server.js" } },
            'keep:frontend.command ("node server.js") is not a list. Write [a, b], or one item a line, each after a dash.',
        ],
        "an argument that is a number": [
            { frontend: { args: ["--port", 3000] } },
            "keep:frontend.args.1 (3000) is not text. Put it in quotes.",
        ],
        "an annotation that is an object": [
            { frontend: { podAnnotations: { a: { b: "c" } } } },
            'keep:frontend.podAnnotations.a ({"b":"c"}) is not text. Write text, a number, true or false.',
        ],
        "an unknown type of Service": [
            { frontend: { service: { type: "ExternalName" } } },
            'keep:frontend.service.type ("ExternalName") is none of the known values. Use ClusterIP, NodePort, LoadBalancer.',
        ],
        "an unknown IP family policy": [
            { frontend: { service: { ipFamilyPolicy: "dual" } } },
            'keep:frontend.service.ipFamilyPolicy ("dual") is none of the known values. Use SingleStack, PreferDualStack, RequireDualStack.',
        ],
        "a toleration in text": [
            { frontend: { tolerations: ["spot"] } },
            'keep:frontend.tolerations.0 ("spot") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.',
        ],
        "affinity in a list": [
            { frontend: { affinity: [] } },
            "keep:frontend.affinity ([]) is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.",
        ],
        "a priority class that is no name": [
            { frontend: { priorityClassName: "High Priority" } },
            'keep:frontend.priorityClassName ("High Priority") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "a topology spread that is no list": [
            { frontend: { topologySpread: { maxSkew: 1 } } },
            'keep:frontend.topologySpread ({"maxSkew":1}) is not a list. Write [a, b], or one item a line, each after a dash.',
        ],
        "a volume in text": [
            { frontend: { volumes: ["data"] } },
            'keep:frontend.volumes.0 ("data") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.',
        ],
        "a mount in text": [
            { frontend: { volumeMounts: ["/data"] } },
            'keep:frontend.volumeMounts.0 ("/data") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.',
        ],
        "an init container in text": [
            { frontend: { initContainers: ["busybox"] } },
            'keep:frontend.initContainers.0 ("busybox") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.',
        ],
        "a side container in text": [
            { frontend: { sidecars: ["busybox"] } },
            'keep:frontend.sidecars.0 ("busybox") is not an object. Write it as Kubernetes does: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.',
        ],
    });

    accepts({
        "a tier without pods": { frontend: { replicas: 0 } },
        "autoscaling between equal numbers": { frontend: { autoscaling: { min: 2, max: 2, cpu: 100, memory: 1 } } },
        "quantities of every form": {
            frontend: {
                resources: {
                    requests: { cpu: "250m", memory: "512M" },
                    limits: { cpu: 2, memory: "1.5Gi", "nvidia.com/gpu": 1 },
                },
            },
        },
        "environment of every form": {
            frontend: {
                env: {
                    A: "text",
                    B: 1,
                    C: false,
                    D: { secret: { name: "s", key: "k" } },
                    E: { configMap: { name: "c", key: "k" } },
                },
                envFrom: [{ secret: "s" }, { configMap: "c", prefix: "C_", optional: true }],
            },
        },
    });
});
