import type { ReactNode } from 'react';
import classes from './Palette.module.css';
import type { Item } from './palette-items.ts';

/** A line of the palette: what it is called, a part of its text where it was found there, and what it is. */
export function PaletteOption({
  id,
  item: { label, excerpt, detail, isWritten = false },
  isActive,
  search,
  choose,
}: {
  readonly id: string;
  readonly item: Item;
  readonly isActive: boolean;
  /** What somebody searches for, which has weight in what a person wrote. */
  readonly search: string;
  readonly choose: () => void;
}): ReactNode {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes['option']}
      onMouseDown={(event) => {
        // The input keeps the focus.
        event.preventDefault();
      }}
      onClick={choose}
    >
      <span className={isWritten ? classes['written'] : undefined} dir="auto">
        {isWritten ? <Found text={label} search={search} /> : label}
      </span>
      {excerpt !== undefined && (
        <span className={classes['excerpt']} dir="auto">
          <Found text={excerpt} search={search} />
        </span>
      )}
      {detail !== undefined && <span className={classes['detail']}>{detail}</span>}
    </div>
  );
}

/** A text with the place where it contains what was searched for. The service compares more kindly: then no place has weight. */
function Found({ text, search }: { readonly text: string; readonly search: string }): ReactNode {
  const at = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase());
  if (at < 0) return text;
  const end = at + search.length;
  return (
    <>
      {text.slice(0, at)}
      <strong>{text.slice(at, end)}</strong>
      {text.slice(end)}
    </>
  );
}
