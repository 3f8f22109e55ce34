/** The texts that somebody wrote in the variables of a mutation: neither ids nor dates nor values of an enum. */
export function textsOf(variables: unknown): readonly string[] {
  if (typeof variables === 'string') {
    const text = variables.trim();
    return text === '' || isToken(text) ? [] : [text];
  }
  if (Array.isArray(variables)) return variables.flatMap(textsOf);
  if (typeof variables !== 'object' || variables === null) return [];
  return Object.entries(variables).flatMap(([name, value]) => (/ids?$/i.test(name) ? [] : textsOf(value)));
}

const isToken = (text: string): boolean =>
  /^[A-Z][A-Z_]*$/.test(text) ||
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ||
  /^[\da-f]{8}-[\da-f-]{27}$/.test(text);

/** Both of two texts that were changed at the same time, one after the other; what begins or ends alike appears once. */
export function mergeTexts(mine: string, theirs: string): string {
  const [own, other] = [mine.split('\n'), theirs.split('\n')];
  let start = 0;
  while (start < Math.min(own.length, other.length) && own[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(own.length, other.length) - start && own.at(-1 - end) === other.at(-1 - end))
    end += 1;
  const between = [...other.slice(start, other.length - end), ...own.slice(start, own.length - end)];
  return [...own.slice(0, start), ...between, ...own.slice(own.length - end)].join('\n');
}
