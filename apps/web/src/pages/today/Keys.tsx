import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Keys.module.css';

const KEYS = [
  [['J', 'K'], 'today.keys.walk'],
  [['Enter'], 'today.keys.open'],
  [['T'], 'today.keys.take'],
  [['?'], 'today.keys.help'],
] as const;

/** The keys of Today. */
export function Keys({ close }: { readonly close: () => void }): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={say('today.keys')} close={close}>
      <dl className={classes['keys']}>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === 'Enter' ? say('today.keys.enter') : key}</kbd>
              ))}
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
      </dl>
      <Button variant="default" autoFocus onClick={close}>
        {say('today.keys.close')}
      </Button>
    </Dialog>
  );
}
