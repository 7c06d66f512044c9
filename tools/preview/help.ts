/** Text of `npm start -- --help`. */
export const HELP = `Shows what a stack makes, without Pulumi CLI, account or cluster, and writes its manifests.

  npm start [-- <stack>] [options]            the stack is "dev" unless named: Pulumi.<stack>.yaml

  -c, --config <key>=<value>   set a key in place of the stack file, as "pulumi config set --path" would;
                               repeatable: --config ingress.backendPrefix=/api2 --config database.kind=mysql
  -o, --out <folder>           where to write the manifests, one file an object (.preview/<stack>)
      --show-secrets           print secrets in plain; generated and encrypted ones are stand-ins

  In place of the tree, one of:
      --stdout                 the manifests as one YAML stream, everything else on stderr
      --json                   a summary as JSON
      --list-images            every container image, one a line
      --diff <git revision>    what changes against that revision: lost data, restarts, rejections, then the manifests
      --config-head <key>=<value>   with --diff: set a key on this side only (--config sets it on both)
      --config-base <key>=<value>   with --diff: set a key on the revision's side only
      --exit-code              with --diff: exit code 1 when there are changes

      --no-color               no colors (so does NO_COLOR, and any output that is not a terminal)
      --debug                  stack traces of errors
  -h, --help                   this

npm prints two lines of its own on stdout; for scripts: npm start --silent -- prod --stdout

Exit codes: 0 done, 1 changes (--exit-code), 2 a mistake in the stack file or on the command line, 3 a bug.
`;
