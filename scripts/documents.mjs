/**
 * npm run check:documents: links of Markdown files lead to files and headings that exist, rows of tables have as many cells as their
 * head, and CONTRIBUTING.md lists every script of package.json.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ownFiles, reportCheck, root } from './processes.mjs';

/**
 * @param paths Markdown files, from the root of the repository
 * @param read gives the text of one
 * @returns `{ counted, problems }`
 */
export async function documents(paths, read = (path) => readFile(join(root, path), 'utf8')) {
  const problems = [];
  let links = 0;
  for (const path of paths) {
    const text = withoutCode(await read(path));
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      links += 1;
      const [file, heading] = target.split('#');
      const to = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, to))) problems.push(`${path} links to ${target}, which does not exist`);
      else if (heading !== undefined && !headings(await read(to)).includes(heading)) {
        problems.push(`${path} links to ${target}, and ${to} has no such heading`);
      }
    }
    problems.push(...brokenTables(text).map((row) => `${path} has a broken table at "${row}"`));
  }
  return { counted: `${paths.length} files, ${links} links`, problems };
}

const withoutCode = (text) => text.replace(/^```.*?^```/gms, '');

/** As GitHub makes them. */
function headings(text) {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The beginnings of rows that have another number of cells than the row before, or no head above them. */
function brokenTables(text) {
  const broken = [];
  const lines = text.split('\n').map((line) => line.trim());
  let cells;
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('|')) {
      cells = undefined;
      continue;
    }
    const count = line.replace(/\\\|/g, '').split('|').length;
    const beginsTable = cells === undefined;
    if (beginsTable ? !/^\|[\s:|-]+\|$/.test(lines[index + 1] ?? '') : count !== cells)
      broken.push(line.slice(0, 60));
    cells = count;
  }
  return broken;
}

/** Scripts that the table of commands does not name. Those of `npm run check` are listed by it. */
export function unlistedScripts(scripts, contributing) {
  const named = [...contributing.matchAll(/`(?:npm (?:run )?)?([a-z:]+)[^`]*`/g)].map(([, name]) => name);
  return scripts
    .filter((name) => !name.startsWith('check:') && !named.includes(name))
    .map((name) => `CONTRIBUTING.md does not list the script ${name}`);
}

await reportCheck(import.meta.url, async () => {
  const checked = await documents((await ownFiles()).filter((path) => path.endsWith('.md')));
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const contributing = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const unlisted = unlistedScripts(Object.keys(scripts), contributing);
  return { ...checked, problems: [...checked.problems, ...unlisted] };
});
