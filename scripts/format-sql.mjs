/** Writes SQL one clause a line, for people to read and for differences to be small. */

const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\d+|--[^\n]*|[\p{L}\p{N}_]+|::|[(),;]|[^\s\p{L}\p{N}_(),;'"$]+/gu;

/** Words that begin a line, alone or followed by these words. */
const CLAUSES = [
  /^(with|select|from|where|having|limit|offset|returning|values|set|union|intersect|except|window)$/,
  /^(group|order) by$/,
  /^(left|right|full|cross|inner) (join|outer)$/,
  /^join$/,
  /^insert into$/,
  /^delete from$/,
  /^on conflict$/,
  /^for (update|share|no|key)$/,
];
/** Words after which these are no clauses: `is distinct from`, `left outer join`, `delete from`. */
const CONTINUES = {
  from: ['distinct', 'delete'],
  join: ['left', 'right', 'full', 'cross', 'inner', 'outer'],
  values: ['overriding'],
};
const BEGINS_SUBQUERY = ['select', 'with', 'values', 'insert', 'update', 'delete'];

/** @param {string} text one statement */
export function formatSql(text) {
  const tokens = Array.from(text.matchAll(TOKEN), (match) => ({
    text: match[0],
    spaced: /\s/.test(text[match.index - 1] ?? ''),
  }));
  const word = (index) => tokens[index]?.text.toLowerCase() ?? '';
  let out = '';
  /** A frame is an open parenthesis; `lines` where its clauses are on lines. */
  const frames = [{ lines: true, indent: 0, between: 0, cases: 0 }];
  const newLine = (extra = 0, { indent } = frames.at(-1)) => {
    out = `${out.trimEnd()}\n${'  '.repeat(indent + extra)}`;
  };

  tokens.forEach(({ text: token, spaced }, index) => {
    const frame = frames.at(-1);
    const [lower, next, last] = [word(index), word(index + 1), word(index - 1)];
    if (token === ')') {
      frames.pop();
      if (frame.lines) newLine(-1, frame);
      out += ')';
      return;
    }
    if (token === ',' && frame.lines) {
      out = `${out.trimEnd()},`;
      newLine(1);
      return;
    }
    const isClause =
      frame.lines &&
      index > 0 &&
      !out.endsWith('(') &&
      !CONTINUES[lower]?.includes(last) &&
      CLAUSES.some((clause) => clause.test(lower) || clause.test(`${lower} ${next}`)) &&
      !(lower === 'with' && !['(', ')', ','].includes(last)) &&
      !(lower === 'select' && last === ')' && word(index - 2) === 'as');
    if (lower === 'between') frame.between += 1;
    if (lower === 'case') frame.cases += 1;
    if (lower === 'end') frame.cases -= 1;
    const isCondition =
      frame.lines && frame.cases === 0 && (lower === 'or' || (lower === 'and' && frame.between === 0));
    if (lower === 'and' && frame.between > 0) frame.between -= 1;
    if (isClause) newLine();
    else if (isCondition) newLine(1);
    else if (spaced && !/[\s(]$/.test(out)) out += ' ';
    out += token;
    if (token === '(') {
      const lines = BEGINS_SUBQUERY.includes(next);
      const line = out.slice(out.lastIndexOf('\n') + 1);
      const indent = /^ */.exec(line)[0].length / 2;
      frames.push({ lines, indent: lines ? indent + 1 : indent, between: 0, cases: 0 });
      if (lines) newLine();
    }
  });
  return out.trim().replace(/[ \t]+$/gm, '');
}
