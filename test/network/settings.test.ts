import { accepts } from "../support/refusals";
describe("who may reach whom", () => {
    accepts({
        "ranges of IPv6 in every spelling": {
            networkPolicy: {
                enabled: true,
                edge: [
                    { cidr: "::/0", except: ["64:ff9b::10.0.0.0/104", "FE80::/10"] },
                    { cidr: "2001:db8:0:0:0:0:0:1/128" },
                    { cidr: "1:2:3:4:5:6:7::/112" },
                ],
            },
        },
        "policies that are off, without an edge": { networkPolicy: { enabled: false } },
        "no edge where nothing comes in": { networkPolicy: { enabled: true }, ingress: { kind: "none" } },
        "pods, addresses, and ports for providers": {
            networkPolicy: {
                enabled: true,
                edge: [{ namespaceLabels: { team: "edge" }, podLabels: { app: "proxy" } }, { podLabels: { app: "x" } }],
                providers: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"], ports: [443] }],
                destinations: { apiServer: [{ cidr: "fd00::/64" }] },
            },
        },
    });
});
