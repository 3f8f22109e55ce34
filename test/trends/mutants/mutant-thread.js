/**
 * The thread of a mutant (run-mutant.ts): loads TypeScript with some texts of its sources replaced, calls a function of a module, and posts
 * what it returns.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { transformSync } from '@swc/core';
import '../../setup/compile-typescript.js';

const { replacements, module, call, argument } = workerData;
const unused = new Set(replacements);

registerHooks({
  load(url, context, next) {
    const own = replacements.filter(({ file }) => url.endsWith(`/${file}`));
    if (own.length === 0) return next(url, context);
    const filename = fileURLToPath(url);
    let source = readFileSync(filename, 'utf8');
    for (const replacement of own) {
      const { text, by } = replacement;
      if (!source.includes(text)) throw new Error(`${filename} does not contain: ${text}`);
      source = source.replace(text, () => by);
      unused.delete(replacement);
    }
    return { format: 'module', source: transformSync(source, { filename }).code, shortCircuit: true };
  },
});

const result = await (await import(module))[call](argument);
for (const { file } of unused) throw new Error(`${file} was not loaded, so that this is no mutant`);
parentPort.postMessage(result);
