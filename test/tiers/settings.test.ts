import { accepts } from "../support/refusals";

describe("the settings of a tier", () => {
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
