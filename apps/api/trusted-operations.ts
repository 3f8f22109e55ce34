import { readFileSync } from 'node:fs';
import { SettingsError } from '#settings';

/**
 * The texts of the operations in manifests of persisted queries, the format that Apollo's tools and the build of the web client write:
 * `{ format: "apollo-persisted-query-manifest", version: 1, operations: [{ id, name, type, body }] }`.
 *
 * @param paths relative to the working folder
 * @throws {SettingsError} if a file cannot be read as one
 */
export function readTrustedOperations(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap(readManifest));
}

function readManifest(path: string): readonly string[] {
  const unreadable = (why: string): SettingsError =>
    new SettingsError(`TRUSTED_OPERATIONS names ${path}, ${why}: change it in the environment or in .env.`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw unreadable('which cannot be read as JSON');
  }
  if (!isManifest(manifest)) throw unreadable('which is not a manifest of persisted queries');
  return manifest.operations.map(({ body }) => body);
}

interface Manifest {
  readonly operations: readonly { readonly body: string }[];
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, operations } = value as Record<string, unknown>;
  return (
    format === 'apollo-persisted-query-manifest' &&
    version === 1 &&
    Array.isArray(operations) &&
    operations.length > 0 &&
    operations.every((one: unknown) => typeof (one as { body?: unknown } | null)?.body === 'string')
  );
}
