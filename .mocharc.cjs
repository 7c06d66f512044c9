const { availableParallelism } = require("node:os");

// Suites that want more than Node have settings of their own.
module.exports = {
    require: ["tsx/cjs"],
    spec: ["test/**/*.test.ts"],
    ignore: ["test/cluster/**", "test/real/**", "test/edge/**", "test/e2e/**", "test/local/**"],
    parallel: true,
    // Mocha would leave one core idle, which on two is half of the machine.
    jobs: availableParallelism(),
    timeout: 60000,
    forbidOnly: true,
    forbidPending: true,
};
