/** npm run start:dev: compiles what changes in apps/ and libs/ into dist/, and reports it. */
import { existsSync, watch } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './processes.mjs';

/** An editor may write a file several times, and many files at once: they are compiled together. */
const SETTLE_MS = 50;

/**
 * Watches until the returned function is called.
 *
 * @param {object} on
 * @param {(paths: string[]) => void} on.compiled called with the sources that were compiled
 * @param {() => void} on.sqlChanged called when a migration or a policy has changed
 * @param {(message: string) => void} on.failed called with a syntax error
 */
export function watchSources({ compiled, sqlChanged, failed }) {
  const { transform } = createRequire(import.meta.url)('@swc/core');
  const changed = new Set();
  let timer;

  const compile = async (path) => {
    const target = join(root, 'dist', path.replace(/\.ts$/, '.js'));
    if (!existsSync(join(root, path))) {
      await rm(target, { force: true });
      return;
    }
    const source = await readFile(join(root, path), 'utf8');
    const sourceFileName = join(root, path);
    const { code, map } = await transform(source, {
      filename: sourceFileName,
      sourceFileName,
      sourceMaps: true,
      root,
      cwd: root,
    });
    await mkdir(dirname(target), { recursive: true });
    const name = target.slice(target.lastIndexOf('/') + 1);
    await writeFile(target, `${code}\n//# sourceMappingURL=${name}.map\n`);
    if (map !== undefined) await writeFile(`${target}.map`, map);
  };

  const settle = async () => {
    const paths = [...changed];
    changed.clear();
    try {
      // What dist/ was built from is no longer known: the next npm start compiles all of it.
      await rm(join(root, 'dist', '.built-from'), { force: true });
      const sources = paths.filter((path) => path.endsWith('.ts'));
      await Promise.all(sources.map(compile));
      if (paths.some((path) => path.endsWith('.sql'))) sqlChanged();
      if (sources.length > 0) compiled(sources);
    } catch (error) {
      failed(error.message);
    }
  };

  const watchers = ['apps', 'libs', 'migrations', 'policies'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      const path = join(folder, name ?? '').replaceAll('\\', '/');
      if (path.startsWith('apps/web/')) return;
      const isSource = /\.ts$/.test(path) && !/\.(spec|d)\.ts$/.test(path);
      if (!isSource && !path.endsWith('.sql')) return;
      changed.add(path);
      clearTimeout(timer);
      timer = setTimeout(() => void settle(), SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
