import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

export interface ZipEntry {
  /** With forward slashes. */
  readonly path: string;
  readonly content: Buffer;
}

/** 2.0: the first version with deflate. */
const VERSION_NEEDED = 20;
/** Bit 11: names are in UTF-8. */
const UTF_8_NAMES = 0x0800;
const DEFLATED = 8;

/**
 * A zip archive (PKWARE's APPNOTE 6.3.10) of these files, deflated, without encryption and without ZIP64, so below 4 GiB and 65,535 files.
 * Equal files and times give equal bytes.
 *
 * @param at the time of all files, stored in UTC
 * @throws RangeError for more than the format holds
 */
export async function zip(entries: readonly ZipEntry[], at: Date): Promise<Buffer> {
  const { date, time } = dosTime(at);
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of entries) {
    const name = Buffer.from(path, 'utf8');
    const compressed = await deflate(content);
    // The fields that a file's header and its entry in the directory share.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION_NEEDED, 0);
    common.writeUInt16LE(UTF_8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(compressed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([signature(0x04034b50), common, name]);
    // No comment, first disk, no attributes; then the place of the header.
    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(VERSION_NEEDED, 0);
    directory.push(Buffer.concat([signature(0x02014b50), madeBy, common, attributes, name]));
    bodies.push(header, compressed);
    offset += header.length + compressed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

/** The format of MS-DOS, which begins in 1980 and counts every other second. */
function dosTime(at: Date): { readonly date: number; readonly time: number } {
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}
