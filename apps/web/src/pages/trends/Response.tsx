import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { readFragment, type FragmentType } from '../../graphql/index.ts';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Quarters.module.css';
import { RESPONSE } from './response-fragment.ts';

const EditResponse = lazy(() =>
  import('./EditResponse.tsx').then((module) => ({ default: module.EditResponse })),
);

/** What is done about a quarter: by whom, by when, and what came of it. */
export function Response({
  response: reference,
  isNew,
  mayChange,
}: {
  readonly response: FragmentType<typeof RESPONSE>;
  /** Whether it was just added: the focus goes to it. */
  readonly isNew: boolean;
  readonly mayChange: (tree: string, group: string) => boolean;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const response = readFragment(RESPONSE, reference);
  const { text, by, group, tree, metric, dueOn, state, outcome } = response;
  useEffect(() => {
    if (isNew) item.current?.focus();
  }, [isNew]);
  const isLate = state === 'OPEN' && dueOn < new Date().toISOString().slice(0, 10);
  const due = say(isLate ? 'trends.wasDue' : 'trends.due', { day: dates.date(dueOn) });
  return (
    <li ref={item} tabIndex={-1} className={classes['response']}>
      {!isOpen && (
        <Written as="div">
          <Markdown text={text} />
        </Written>
      )}
      <p className={classes['soft']}>
        {say('trends.responseOf', {
          name: by?.name ?? '',
          group: group.label,
          metric: metric == null ? 'none' : 'one',
          about: metric == null ? '' : say(`trends.metric.${metric}`),
        })}
        {' · '}
        {state === 'OPEN' ? (
          <Moment at={dueOn}>{isLate ? <strong>{due}</strong> : due}</Moment>
        ) : (
          say(`trends.state.${state}`)
        )}
      </p>
      {outcome != null && !isOpen && (
        <div className={classes['outcome']}>
          <p className={classes['soft']}>{say(`trends.outcome.${state}`)}</p>
          <Written as="div">
            <Markdown text={outcome} />
          </Written>
        </div>
      )}
      {isOpen ? (
        <Suspense>
          <EditResponse
            response={response}
            onDone={() => {
              setOpen(false);
              item.current?.focus();
            }}
          />
        </Suspense>
      ) : (
        mayChange(tree, group.key) && (
          <QuietButton
            onClick={() => {
              setOpen(true);
            }}
          >
            {say(state === 'OPEN' ? 'trends.close' : 'trends.edit')}
          </QuietButton>
        )
      )}
    </li>
  );
}
