import { join, resolve } from 'node:path';

/** The folder of this package, and that of the project. */
export const bench = import.meta.dirname;
export const root = resolve(bench, '..');
/** The operator's commands, compiled. */
export const cli = join(root, 'dist', 'apps', 'cli', 'main.js');
