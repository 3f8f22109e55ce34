import type { ReactNode } from 'react';
import classes from './Address.module.css';

/** The tags of messages with an e-mail address, which is not broken at its hyphen as long as it fits on a line. */
export const ADDRESS = {
  address: (parts: ReactNode[]): ReactNode => <strong className={classes['address']}>{parts}</strong>,
};
