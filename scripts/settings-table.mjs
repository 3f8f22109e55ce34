/**
 * The settings as they are documented: the table in the README and .env.example, both made from libs/settings.
 *
 * @returns {Promise<{ path: string, text: string, count: number }[]>} what the files should hold
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stop, root } from './processes.mjs';

const begin = '<!-- settings: npm run schema writes this table from libs/settings -->';
const end = '<!-- end of settings -->';

export async function settingsDocuments() {
  const { settingNotes } = await import(
    pathToFileURL(join(root, 'dist', 'libs', 'settings', 'index.js')).href
  );
  const notes = settingNotes();
  return [
    { path: '.env.example', text: example(notes), count: notes.length },
    { path: 'README.md', text: await readme(notes), count: notes.length },
  ];
}

function example(notes) {
  const blocks = notes.map(({ name, note, byDefault, neededInProduction }) => {
    const comment = wrap(
      `${note}${neededInProduction.length > 0 ? ` Required in production by the ${names(neededInProduction)}.` : ''}`,
      108,
    ).map((line) => `# ${line}`);
    return [...comment, `#${name}=${byDefault}`].join('\n');
  });
  return (
    [
      '# Copy this file to .env and remove the # before each setting you change. The values shown are the defaults.',
      ...blocks,
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

async function readme(notes) {
  const file = join(root, 'README.md');
  const old = existsSync(file) ? await readFile(file, 'utf8') : '';
  const [before, rest] = old.split(`${begin}\n`);
  const after = rest?.split(`${end}\n`)[1];
  if (after === undefined)
    throw new Stop(
      `README.md has no place for the table of settings: put the lines "${begin}" and "${end}" where it belongs.`,
    );
  return `${before}${begin}\n\n${table(notes)}\n\n${end}\n${after}`;
}

/** Of processes, as people write them. */
function names(processes) {
  return processes.map((name) => (name === 'api' ? 'API' : name)).join(' and ');
}

/** As Prettier writes tables: columns padded to their widest cell. */
function table(notes) {
  const code = (text) => (text === '' ? '' : `\`${text}\``);
  const cells = [
    ['variable', 'what it does', 'default', 'in production'],
    ...notes.map(({ name, note, byDefault, neededInProduction }) => [
      code(name),
      note.replaceAll('|', '\\|').replace(/<(\w+)>/g, '\\<$1>'),
      code(byDefault),
      neededInProduction.length > 0 ? `required by the ${names(neededInProduction)}` : '',
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...body] = cells;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join(
    '\n',
  );
}

function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] !== '' && lines[last].length + 1 + word.length > width) lines.push(word);
    else lines[last] = lines[last] === '' ? word : `${lines[last]} ${word}`;
  }
  return lines;
}
