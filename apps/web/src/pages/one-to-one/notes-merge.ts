/** What was changed between two texts: lines `from` to `to` of the old one became `lines`. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

function difference(before: readonly string[], after: readonly string[]): Hunk {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < most - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, lines: after.slice(from, after.length - end) };
}

/**
 * Two changes of one text together, where they are in different lines. Undefined where they are not: a person decides.
 */
export function mergeNotes(base: string, mine: string, theirs: string): string | undefined {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const lines = base.split('\n');
  const hunks = [difference(lines, mine.split('\n')), difference(lines, theirs.split('\n'))].sort(
    (one, other) => one.from - other.from || one.to - other.to,
  );
  const [first, second] = hunks;
  if (first === undefined || second === undefined || first.to > second.from) return undefined;
  // Two insertions at one place have no order of themselves.
  if (first.from === second.from || (first.to === second.from && first.from !== first.to)) return undefined;
  return [
    ...lines.slice(0, first.from),
    ...first.lines,
    ...lines.slice(first.to, second.from),
    ...second.lines,
    ...lines.slice(second.to),
  ].join('\n');
}

/** Where a place in a text is after the text has changed around it. */
export function moveCaret(before: string, after: string, caret: number): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (caret <= start) return caret;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (caret >= before.length - end) return caret + after.length - before.length;
  return Math.min(caret, after.length - end);
}
