/** The file of an export that holds the goals (docs/export-format.md). */
const NAME = 'goals.json';
/** An operation can have 1 MiB; what surrounds the file, and its quotation marks, need some of it. */
const MOST_BYTES = 700_000;

interface GoalFile {
  readonly goals: readonly unknown[];
}

/** The goals of an export, as the parts in which they are imported. Undefined for a file that is no export. */
export async function readGoalFile(file: File): Promise<readonly string[] | undefined> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    const text = new TextDecoder().decode(isZip ? await unzip(bytes) : bytes);
    const content = JSON.parse(text) as Partial<GoalFile>;
    return Array.isArray(content.goals) ? split(content as GoalFile) : undefined;
  } catch {
    return undefined;
  }
}

function split(content: GoalFile): readonly string[] {
  const parts: unknown[][] = [];
  let bytes = MOST_BYTES;
  for (const goal of content.goals) {
    // Quoted once more in the request, so that each quotation mark and line break counts twice.
    const size = new TextEncoder().encode(JSON.stringify(JSON.stringify(goal))).length;
    if (bytes + size > MOST_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(goal);
    bytes += size;
  }
  return parts.map((goals) => JSON.stringify({ ...content, goals }));
}

/** Reads one file of a zip file, as exports are written: from its directory, which is at the end. */
async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)));
    if (name === NAME) {
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const content = bytes.subarray(start, start + view.getUint32(at + 20, true));
      if (view.getUint16(at + 10, true) === 0) return content;
      const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  throw new Error(`There is no ${NAME} in the file.`);
}
