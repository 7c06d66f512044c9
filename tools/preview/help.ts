/** Text of `npm start -- --help`. */
export const HELP = `Shows the objects that a stack creates, and writes their manifests. Needs no Pulumi CLI, account or cluster.

  npm start [-- <stack>] [options]            reads Pulumi.<stack>.yaml; default: dev

  -c, --config <key>=<value>   override a key of the stack file, as "pulumi config set --path" would;
                               repeatable: --config ingress.backendPrefix=/api2 --config database.kind=mysql
  -o, --out <folder>           folder for the manifests, one file for each object; default: .preview/<stack>
      --show-secrets           print secrets in plain text; generated and encrypted secrets have placeholder values

  Instead of the tree, print one of:
      --stdout                 the manifests as a YAML stream; everything else goes to stderr
      --json                   a summary as JSON
      --list-images            all container images, one per line
      --diff <git revision>    the changes since that revision: deleted data, restarts, rejections, and the manifests
      --config-head <key>=<value>   with --diff: override a key on this side only; --config overrides it on both sides
      --config-base <key>=<value>   with --diff: override a key on the revision's side only
      --exit-code              with --diff: exit with code 1 if there are changes

      --no-color               no colors; also if NO_COLOR is set, or the output is not a terminal
      --debug                  print stack traces of errors
  -h, --help                   print this help

In scripts, use npm start --silent, because npm itself prints two lines on stdout: npm start --silent -- prod --stdout

Exit codes: 0 success, 1 changes (--exit-code), 2 an error in the stack file or on the command line, 3 a bug.
`;
