import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';
import { DiscButton } from './DiscButton.tsx';
import type { Disc } from './fit-map.ts';
import classes from './Fit.module.css';
import { TRAY, type Drag } from './useDrag.ts';

const DIAMETER = 104;

/** The business goals that the viewer carries and that are part of none of their goals: no fault, only not placed. */
export function Tray({
  discs,
  isEmptyOfWork,
  view,
  drag,
  open,
}: {
  readonly discs: readonly Disc[];
  /** Whether the viewer carries nothing at all. */
  readonly isEmptyOfWork: boolean;
  readonly view: 'picture' | 'list';
  readonly drag: Drag;
  readonly open: (disc: Disc) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <section
      className={classes['tray']}
      aria-labelledby="tray"
      data-target={TRAY}
      data-over={drag.over === TRAY || undefined}
    >
      <h2 id="tray">{say('fit.tray')}</h2>
      <p className={classes['soft']}>
        {say(isEmptyOfWork ? 'fit.noWork' : discs.length === 0 ? 'fit.trayEmpty' : 'fit.trayHint')}
        {discs.length > 0 && view === 'picture' && (
          <span className={classes['byMouse']}> {say('fit.trayDrag')}</span>
        )}
      </p>
      <ul className={classes['trayDiscs']} data-view={view}>
        {discs.map((disc) => (
          <li key={disc.businessGoalId}>
            <DiscButton
              disc={disc}
              diameter={view === 'picture' ? DIAMETER : undefined}
              drag={drag}
              open={open}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
