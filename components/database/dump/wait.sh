
# A new pod may be cut off until its network policies are in force, and a scheduled Job does not try again
# (https://kubernetes.io/docs/concepts/services-networking/network-policies/#pod-lifecycle). A server that does not answer within a
# minute fails by the client's own message.
await_server() {
    for _ in $(seq 60); do
        if answers; then return; fi
        sleep 1
    done
}
