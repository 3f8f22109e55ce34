import type { ComponentProps, ReactNode } from 'react';
import classes from './QuietButton.module.css';

/** A button that looks like a link: for what is done beside the one thing that is first on a page. */
export function QuietButton({ className, ...props }: ComponentProps<'button'>): ReactNode {
  return <button type="button" {...props} className={`${classes['quiet'] ?? ''} ${className ?? ''}`} />;
}
