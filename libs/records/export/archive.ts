import { hash } from 'node:crypto';
import { conversationsPage, goalsPage, readMe, workPage } from './markdown-pages.js';
import type { ExportedData } from './exported-data.js';
import { zip, type ZipEntry } from './zip.js';

/** Raised when a file gains a field that a reader has to know, or loses one (docs/export-format.md). */
const FORMAT_VERSION = 1;

/** The zip file of an export: JSON for programs, Markdown for people, and a manifest with the SHA-256 of each file. */
export function archive(data: ExportedData): Promise<Buffer> {
  const { purpose, organization, exportedAt, account, goals, conversations, work } = data;
  const about = (format: string): object => ({ format, formatVersion: FORMAT_VERSION, purpose });
  const files: ZipEntry[] = [
    text('README.md', readMe(data)),
    json('goals.json', { ...about('mutual-goals'), goals }),
    text('goals.md', goalsPage(data)),
    json('sharing.json', { ...about('mutual-sharing'), goals: data.sharing }),
    json('access-log.json', { ...about('mutual-access-log'), ...data.accessLog }),
    json('account.json', { ...about('mutual-account'), account }),
    ...(conversations === null
      ? []
      : [
          json('conversations.json', { ...about('mutual-conversations'), oneToOnes: conversations }),
          text('conversations.md', conversationsPage(purpose, conversations)),
        ]),
    ...(work === null
      ? []
      : [json('work.json', { ...about('mutual-work'), ...work }), text('work.md', workPage(purpose, work))]),
  ];
  const manifest = json('manifest.json', {
    ...about('mutual-export'),
    organization,
    person: account.name,
    exportedAt,
    files: files.map(({ path, content }) => ({
      path,
      bytes: content.length,
      sha256: hash('sha256', content, 'hex'),
    })),
  });
  return zip([manifest, ...files], new Date(exportedAt));
}

function json(path: string, value: object): ZipEntry {
  return text(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function text(path: string, content: string): ZipEntry {
  return { path, content: Buffer.from(content, 'utf8') };
}
