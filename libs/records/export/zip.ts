import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** With forward slashes. */
  readonly path: string;
  readonly content: Buffer;
}

/** A zip archive of these files, compressed. @param at the time of all files */
export async function zip(entries: readonly ZipEntry[], at: Date): Promise<Buffer> {
  const archive = new ZipFile();
  const written = buffer(archive.outputStream);
  for (const { path, content } of entries) archive.addBuffer(content, path, { mtime: at });
  archive.end();
  return written;
}
