import type { ReactNode } from 'react';
import classes from './Written.module.css';

/** Text that a person wrote, in the serif font. Its direction follows from its first letter, so that Arabic and Hebrew read right to left. */
export function Written({
  children,
  as: Element = 'span',
  size = 'normal',
}: {
  readonly children: ReactNode;
  readonly as?: 'span' | 'p' | 'div' | 'h1' | 'h3' | 'blockquote';
  readonly size?: 'normal' | 'large' | 'title';
}): ReactNode {
  return (
    <Element className={classes['written']} data-size={size} dir="auto">
      {children}
    </Element>
  );
}
