/** How a file is encoded, as far as its first bytes show. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Enough to see a byte order mark. */
const MARK_BYTES = 3;

/**
 * The file as UTF-8 without a byte order mark. Excel's "Unicode Text" is UTF-16 with one; without one UTF-16 cannot be distinguished from
 * UTF-8 with certainty, and is passed on as it is.
 */
export async function* decoded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decode: ((bytes?: Buffer) => Buffer) | undefined;
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    if (decode) {
      yield decode(chunk);
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (start.length < MARK_BYTES) continue;
    const { encoding, length } = markOf(start);
    decode = decoderFor(encoding);
    yield decode(start.subarray(length));
  }
  if (decode) yield decode();
  else yield start.subarray(markOf(start).length);
}

function markOf(bytes: Buffer): { encoding: Encoding; length: number } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  const isUtf8 = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { encoding: 'utf-8', length: isUtf8 ? 3 : 0 };
}

function decoderFor(encoding: Encoding): (bytes?: Buffer) => Buffer {
  if (encoding === 'utf-8') return (bytes) => bytes ?? Buffer.alloc(0);
  const decoder = new TextDecoder(encoding);
  return (bytes) => Buffer.from(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode(), 'utf8');
}
