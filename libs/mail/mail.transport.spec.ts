import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailTransport } from './mail.transport.js';

it('nothing invisible and no line break gets into the subject of a mail', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mutual-mail-'));
  const transport = mailTransport({ from: 'mutual@example.test', folder, smtpUrl: undefined });
  await transport.send({
    id: '0197b3c8-6d1e-7c3a-9f00-000000000001',
    recipient: 'ann@example.test',
    subject: 'Ann\u202e\u001b[31m\u200b\r\nBcc: eve@example.test wrote',
    text: 'Text\n',
  });
  transport.close();
  const [name = ''] = await readdir(folder);
  const [head = ''] = (await readFile(join(folder, name), 'utf8')).split('\r\n\r\n');
  expect(head.split('\r\n')).toContain('Subject: Ann[31m Bcc: eve@example.test wrote');
  expect(head).not.toMatch(/^Bcc:/m);
  await rm(folder, { recursive: true });
});
