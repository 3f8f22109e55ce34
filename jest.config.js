import { readdirSync } from 'node:fs';

/** The # imports of this project; packages have # imports too. */
const libs = readdirSync(new URL('libs', import.meta.url)).join('|');

/** Every test runs against a real PostgreSQL, started once for the run on a throw-away folder (test/setup). */
export default {
  testEnvironment: '<rootDir>/test/setup/environment.js',
  testSequencer: '<rootDir>/test/setup/longest-first.js',
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/test', '<rootDir>/libs', '<rootDir>/apps'],
  testMatch: ['**/*.spec.ts'],
  // It has its own packages and its own tests (scripts/web.mjs).
  modulePathIgnorePatterns: ['<rootDir>/apps/web/'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: {
    [`^#(${libs})$`]: '<rootDir>/libs/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  globalSetup: '<rootDir>/test/setup/start-postgres.js',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.js',
  // One waits for its database while the other computes. A worker that does not end is ended, and named.
  maxWorkers: 2,
  // For what hangs, and nothing else: a machine may be as busy as it likes, and the long forms of the proofs take as long as they take.
  testTimeout: process.env.PROVE === '1' ? 5_400_000 : 600_000,
};
