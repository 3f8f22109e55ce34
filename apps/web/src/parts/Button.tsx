import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import classes from './Button.module.css';

interface Looks {
  /** `default` for what is not the one thing that a form or a page is about. */
  readonly variant?: 'filled' | 'default' | undefined;
  readonly size?: 'xs' | 'sm' | 'md' | undefined;
}

const looksOf = ({ variant = 'filled', size = 'sm' }: Looks) => ({
  className: classes['button'] ?? '',
  'data-variant': variant,
  'data-size': size,
});

/** A button. It is in the script of every page: Mantine's would bring 13 kB of its core along. */
export function Button({ variant, size, className, ...props }: ComponentProps<'button'> & Looks): ReactNode {
  const looks = looksOf({ variant, size });
  return (
    <button
      type="button"
      {...looks}
      {...props}
      className={className === undefined ? looks.className : `${looks.className} ${className}`}
    />
  );
}

/** A link to another page that looks like a button. */
export const ButtonLink = createLink(function AnchorButton({
  variant,
  size,
  ...props
}: ComponentProps<'a'> & Looks): ReactNode {
  return <a {...props} {...looksOf({ variant, size })} />;
});
