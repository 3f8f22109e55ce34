/**
 * npm run check:compatibility: every breaking change of schema.graphql since the last release is named in CHANGELOG.md. The last
 * release is the nearest tag of the form v1.2.3.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { capture, reportCheck, root } from './processes.mjs';

/** Breaking changes from one schema text to another: what, and where (`Person.email`). */
export async function breakingChanges(before, after) {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message, path = '' }) => ({ message, path }));
}

/** Those that no line new in the changelog names by their path: `Person.email`, or in whole `Query.people.first`. */
export function unnamed(changes, changelogBefore, changelogAfter) {
  const old = new Set(changelogBefore.split('\n'));
  const added = changelogAfter.split('\n').filter((line) => !old.has(line));
  return changes.filter(({ path }) => !added.some((line) => line.includes(`\`${path}\``)));
}

/** `{ counted, problems }` for the working copy in `folder`. */
export async function schemaChanges(folder = root) {
  const git = (...args) => capture('git', args, { cwd: folder });
  const described = await git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*');
  if (described.code !== 0) return { counted: 'nothing compared, no release is tagged', problems: [] };
  const tag = described.stdout.trim();
  const released = async (path) => (await git('show', `${tag}:${path}`)).stdout;
  const present = (path) => readFile(join(folder, path), 'utf8');
  const changes = await breakingChanges(await released('schema.graphql'), await present('schema.graphql'));
  const unexplained = unnamed(changes, await released('CHANGELOG.md'), await present('CHANGELOG.md'));
  return {
    counted: `${changes.length} breaking changes since ${tag}`,
    problems: unexplained.map(
      ({ message, path }) =>
        `${message}: that breaks clients, and CHANGELOG.md says nothing new of \`${path}\``,
    ),
  };
}

await reportCheck(import.meta.url, () => schemaChanges());
