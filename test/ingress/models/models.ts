import type { KindName } from "../../../components/ingress/kinds";
import { alb } from "./alb";
import { f5Nginx } from "./f5Nginx";
import { gateway } from "./gateway";
import { haproxy } from "./haproxy";
import { haproxyIngress } from "./haproxyIngress";
import type { Model } from "./model";
import { nginx } from "./nginx";
import { openshift } from "./openshift";
import { bySegments, gce } from "./plain";
import { traefik } from "./traefik";

/** A model of each kind's controller; a kind without one does not compile. */
export const models: Readonly<Record<KindName, Model>> = {
    nginx,
    "f5-nginx": f5Nginx,
    haproxy,
    "haproxy-ingress": haproxyIngress,
    traefik,
    gateway,
    openshift,
    alb,
    gce,
    generic: bySegments,
};
