// Stands in for Keep's user interface, whose source is in no registry: it answers the probes, and passes /backend on to the API
// as the interface's middleware does. It proves nothing about the interface itself.
const http = require("node:http");

http.createServer((request, response) => {
    if (request.url === "/api/healthcheck") return response.end("ok");
    if (!request.url.startsWith("/backend/")) return response.end("a stand-in for Keep's user interface\n");
    const target = new URL(request.url.slice("/backend".length), process.env.API_URL);
    const { method, headers } = request;
    const passed = http.request(target, { method, headers: { ...headers, host: target.host } }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    request.pipe(passed);
}).listen(Number(process.env.PORT ?? 3000), process.env.HOSTNAME ?? "0.0.0.0");

process.on("SIGTERM", () => process.exit(0));
