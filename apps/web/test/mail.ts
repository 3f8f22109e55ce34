import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where `npm start` stores mails in development. */
const folder = process.env['MAIL_FOLDER'] ?? join(import.meta.dirname, '../../../.data/mail');

/**
 * The links in the first mail to an address that has one to this page of the client; waits two minutes for it.
 *
 * @param page for example `reset-password`
 * @param used links of earlier mails
 */
export async function linkTo(
  address: string,
  page: string,
  used: readonly (string | undefined)[] = [],
): Promise<string> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.eml')).sort()) {
      const mail = await readFile(join(folder, name), 'utf8');
      if (!mail.toLowerCase().includes(`to: ${address.toLowerCase()}`)) continue;
      const link = new RegExp(`https?://\\S+/${page}#\\S+`).exec(mail)?.[0];
      if (link !== undefined && !used.includes(link)) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`No mail to ${address} with a link to ${page} has come into ${folder}.`);
}
