import { crc32, inflateRawSync } from 'node:zlib';

/**
 * The files of a zip archive, by path, read from its directory as APPNOTE 6.3.10 describes it; shares no code with what writes them.
 *
 * @throws Error for an archive that is not well-formed, or whose content does not match its checksums
 */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('There is no end of a directory.');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let n = 0; n < count; n += 1) {
    if (archive.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw new Error('This is no entry.');
    const checksum = archive.readUInt32LE(at + 16);
    const packedSize = archive.readUInt32LE(at + 20);
    const size = archive.readUInt32LE(at + 24);
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    if (archive.toString('latin1', header, header + 4) !== 'PK\x03\x04') throw new Error('This is no file.');
    if (archive.toString('utf8', header + 30, header + 30 + nameLength) !== path)
      throw new Error('The names of a file differ.');
    const begin = header + 30 + nameLength + archive.readUInt16LE(header + 28);
    const content = inflateRawSync(archive.subarray(begin, begin + packedSize));
    if (content.length !== size || crc32(content) !== checksum) throw new Error(`${path} is damaged.`);
    files.set(path, content);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  if (at !== end) throw new Error('The directory has another length.');
  return files;
}
