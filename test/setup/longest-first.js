/**
 * The order of the test files: those that take longest come first, so that at the end no worker computes alone while the other has
 * nothing left to do. Jest itself would start with the largest file, and the longest proofs are short files.
 */
const LONGEST = [
  'web/stories.spec.ts',
  'policies/mutants.proof.spec.ts',
  'crash/restore.proof.spec.ts',
  'crash/crash.proof.spec.ts',
  'fuzz/fuzz.proof.spec.ts',
  'execution-parity/same-responses.proof.spec.ts',
  'policies/graphql-paths.proof.spec.ts',
  'policies/matrix.spec.ts',
  'e2e/people-command.spec.ts',
  'e2e/server.spec.ts',
  'security/database-login.proof.spec.ts',
  'fuzz/sensitivity.proof.spec.ts',
  'e2e/throttles.spec.ts',
  'e2e/overload.spec.ts',
  'e2e/organization-create.spec.ts',
  'e2e/writing-together.proof.spec.ts',
  'operations/start.spec.ts',
];

export default class LongestFirst {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/test/${name}`));
      return found < 0 ? LONGEST.length : found;
    };
    const size = (test) => test.context.hasteFS.getSize(test.path) ?? 0;
    return [...tests].sort((a, b) => place(a) - place(b) || size(b) - size(a));
  }

  /** How long the files took is not kept. */
  cacheResults() {}
}
