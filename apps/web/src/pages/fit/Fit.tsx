import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ButtonLink } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useRest } from '../../parts/rest.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { useWords } from '../../words/words.tsx';
import { FIT, readFitMap, type Disc } from './fit-map.ts';
import classes from './Fit.module.css';
import { PlaceDialog } from './PlaceDialog.tsx';
import { Placed, PLACED } from './Placed.tsx';
import { useDrag } from './useDrag.ts';
import { usePlacing } from './usePlacing.ts';
import { Life } from './Life.tsx';
import { Tray } from './Tray.tsx';

/** How work fits into the viewer's life: their goals, the business goals that are part of them, and those that are part of nothing yet. */
export function Fit(): ReactNode {
  const { say } = useWords();
  const data = usePageQuery(FIT, {});
  useRest(data.viewer?.person.personalGoals.pageInfo, {
    query: FIT,
    variables: {},
    path: ['viewer', 'person', 'personalGoals'],
  });
  const { goals, tray } = readFitMap(data);
  const placing = usePlacing();
  const [view, setView] = useState<'picture' | 'list'>('picture');
  const [selected, setSelected] = useState<string>();
  const discs = [...tray, ...goals.flatMap((goal) => goal.discs)];
  const chosen = discs.find(({ businessGoalId }) => businessGoalId === selected);
  const drop = (disc: Disc, target: string): void => {
    const goal = goals.find(({ id }) => id === target);
    void (goal === undefined ? placing.takeOut(disc) : placing.move(disc, goal));
  };
  const drag = useDrag(drop);
  const refocus = useFocusOnDisc(placing.done?.disc);
  const open = ({ businessGoalId }: Disc): void => {
    setSelected(businessGoalId);
  };

  if (goals.length === 0) {
    return (
      <>
        <title>{`${say('fit.title')} – Mutual`}</title>
        <Notice title={say('fit.empty')} action={<ButtonLink to="/goals">{say('fit.toGoals')}</ButtonLink>}>
          {say('fit.emptyText')}
        </Notice>
      </>
    );
  }
  return (
    <>
      <title>{`${say('fit.title')} – Mutual`}</title>
      <header className={classes['head']}>
        <div>
          <h1 className={classes['title']}>{say('fit.title')}</h1>
          <p className={classes['legend']}>
            <span>
              <span className={classes['swatch']} data-meaning="personal" />
              {say('fit.legendLife')}
            </span>
            <span>
              <span className={classes['swatch']} data-meaning="business" />
              {say('fit.legendWork')}
            </span>
          </p>
        </div>
        <Segments
          title={say('fit.view')}
          value={view}
          choose={setView}
          choices={[
            { value: 'picture', label: say('fit.picture') },
            { value: 'list', label: say('fit.list') },
          ]}
        />
      </header>
      <div className={classes['page']}>
        <Life goals={goals} view={view} drag={drag} open={open} />
        <Tray discs={tray} isEmptyOfWork={discs.length === 0} view={view} drag={drag} open={open} />
      </div>
      {placing.done !== undefined && (
        <Placed
          key={placing.done.placementId ?? placing.done.disc.businessGoalId}
          placing={placing}
          done={placing.done}
          how={
            discs.find(({ placement }) => placement?.id === placing.done?.placementId)?.placement?.how ?? ''
          }
          refocus={() => {
            refocus(placing.done?.disc);
          }}
          close={() => {
            refocus(placing.done?.disc);
            placing.forget();
          }}
        />
      )}
      <ProblemNote problem={placing.problem} />
      {chosen !== undefined && (
        <PlaceDialog
          disc={chosen}
          placed={discs.filter(({ businessGoalId }) => businessGoalId === chosen.businessGoalId)}
          goals={goals}
          placing={placing}
          close={() => {
            refocus(chosen);
            setSelected(undefined);
          }}
        />
      )}
    </>
  );
}

/**
 * What had the focus goes when a business goal moves: its circle is then another one. Gives the focus to the circle once it is there, or
 * to the message about it where there is no circle any more, unless something else has the focus.
 */
function useFocusOnDisc(moved: Disc | undefined): (disc: Disc | undefined) => void {
  const wanted = useRef<string>(undefined);
  const seen = useRef(moved);
  const [, render] = useState(0);
  useEffect(() => {
    if (moved !== undefined && moved !== seen.current) wanted.current = moved.businessGoalId;
    seen.current = moved;
    if (wanted.current === undefined) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) {
      const circle = document.querySelector<HTMLElement>(`[data-disc="${CSS.escape(wanted.current)}"]`);
      (circle ?? document.getElementById(PLACED))?.focus();
    }
    wanted.current = undefined;
  });
  return (disc) => {
    wanted.current = disc?.businessGoalId;
    render((count) => count + 1);
  };
}
