import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { readFragment, type FragmentType } from '../../../graphql/index.ts';
import { useWords } from '../../../words/words.tsx';
import { useShareWith } from '../share-with.ts';
import classes from './OwnGoal.module.css';
import { ShareLine } from './ShareLine.tsx';
import { GOAL_SHARING } from './sharing-edit.ts';

/** Loads when it is opened: most visits of a goal are about something else. */
const VisibilityDialog = lazy(async () => ({
  default: (await import('./VisibilityDialog.tsx')).VisibilityDialog,
}));

const route = getRouteApi('/shell/goals/$goalId');

/** Who can read a goal of the viewer, by which share, and what can be done about it. */
export function Sharing({
  goal: reference,
}: {
  readonly goal: FragmentType<typeof GOAL_SHARING>;
}): ReactNode {
  const { say } = useWords();
  const goal = readFragment(GOAL_SHARING, reference);
  const [isOpen, setOpen] = useState(false);
  const navigate = route.useNavigate();
  const { shareWith } = route.useSearch();
  const person = useShareWith(shareWith);
  // A share that was ended here stays in its place, so that it can be taken back.
  const [ended, setEnded] = useState<readonly string[]>([]);
  const shares = (goal.ownerView?.allShares.nodes ?? []).filter(
    (share) => share.state !== 'ENDED' || ended.includes(share.id),
  );
  const isShared = shares.some(({ state }) => state === 'ACTIVE') && goal.visibility === 'SHARED';
  // A goal that is shared with nobody so far, or any longer.
  const visibility = goal.visibility === 'SHARED' && !isShared ? 'PRIVATE' : goal.visibility;
  return (
    <section className={classes['panel']} aria-labelledby="readers" data-shared={isShared || undefined}>
      <h2 id="readers">{say('goal.readers')}</h2>
      <p>{say(`own.visibility.${visibility}`)}</p>
      {visibility === 'PRIVATE' && shares.length === 0 && (
        <p className={classes['soft']}>{say('own.honest')}</p>
      )}
      {shares.length > 0 && goal.visibility !== 'PRIVATE' && (
        <ul className={classes['shares']}>
          {shares.map((share) => (
            <li key={share.id}>
              <ShareLine
                goal={goal}
                share={share}
                noteEnd={() => {
                  setEnded((ids) => [...ids, share.id]);
                }}
                noteUndo={() => {
                  setEnded((ids) => ids.filter((id) => id !== share.id));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        variant="default"
        onClick={() => {
          setOpen(true);
        }}
      >
        {say('own.changeReaders')}
      </Button>
      {(isOpen || person !== undefined) && (
        <Suspense>
          <VisibilityDialog
            goal={goal}
            shareWith={person}
            close={() => {
              setOpen(false);
              if (shareWith !== undefined) void navigate({ search: {}, replace: true });
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
