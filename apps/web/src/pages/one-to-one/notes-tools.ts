import type { Key } from '../../words/words.tsx';

export type Tool = 'bold' | 'italic' | 'list' | 'numbers' | 'link';

/** The five tools of notes. `sign` is what their button shows: as it is, or as a language has it. `key` works together with Ctrl or ⌘. */
export const TOOLS: readonly {
  readonly name: Tool;
  readonly sign: Key | '•' | '1.';
  readonly key?: string;
}[] = [
  { name: 'bold', sign: 'notes.sign.bold', key: 'b' },
  { name: 'italic', sign: 'notes.sign.italic', key: 'i' },
  { name: 'list', sign: '•' },
  { name: 'numbers', sign: '1.' },
  { name: 'link', sign: 'notes.tool.link' },
];

/** Marks the selection of a field. @returns its new text */
export function markWith(tool: Tool, field: HTMLTextAreaElement): string {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const selected = value.slice(start, end);
  switch (tool) {
    case 'bold':
      return around(field, '**', selected);
    case 'italic':
      return around(field, '_', selected);
    case 'link':
      replace(field, start, end, `[${selected}](https://)`);
      field.setSelectionRange(field.value.length, field.value.length);
      field.selectionStart = field.selectionEnd = start + (selected === '' ? 1 : selected.length + 11);
      return field.value;
    case 'list':
    case 'numbers':
      return lines(field, tool === 'list');
  }
}

function around(field: HTMLTextAreaElement, mark: string, selected: string): string {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const length = mark.length;
  const isMarked = value.slice(start - length, start) === mark && value.slice(end, end + length) === mark;
  if (isMarked) {
    replace(field, start - length, end + length, selected);
    field.setSelectionRange(start - length, end - length);
  } else {
    replace(field, start, end, `${mark}${selected}${mark}`);
    field.setSelectionRange(start + length, end + length);
  }
  return field.value;
}

/** Makes the selected lines a list, or a list lines again. */
function lines(field: HTMLTextAreaElement, isBulleted: boolean): string {
  const { value, selectionStart, selectionEnd } = field;
  const start = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const next = value.indexOf('\n', selectionEnd);
  const end = next === -1 ? value.length : next;
  const before = value.slice(start, end).split('\n');
  const mark = isBulleted ? /^- / : /^\d+\. /;
  const isList = before.every((line) => mark.test(line));
  const after = before.map((line, at) => {
    const plain = line.replace(/^(- |\d+\. )/, '');
    return isList ? plain : `${isBulleted ? '- ' : `${at + 1}. `}${plain}`;
  });
  replace(field, start, end, after.join('\n'));
  return field.value;
}

/** As if typed, so that the browser's own undo takes it back. */
function replace(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.setSelectionRange(start, end);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way into the undo history of the browser
  if (!document.execCommand('insertText', false, text)) field.setRangeText(text, start, end, 'end');
}
