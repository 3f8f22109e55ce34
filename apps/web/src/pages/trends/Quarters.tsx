import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { QuarterFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Button } from '../../parts/Button.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { useWords } from '../../words/words.tsx';
import { wordPeriod } from './figures.ts';
import classes from './Quarters.module.css';
import { Response } from './Response.tsx';
import type { ShownTrend } from './search.ts';

const RespondForm = lazy(() =>
  import('./RespondForm.tsx').then((module) => ({ default: module.RespondForm })),
);

const RESPONDENT = graphql(`
  fragment Respondent on Viewer {
    id
    roles
    person {
      id
    }
  }
`);

const QUARTER = graphql(`
  fragment Quarter on TrendRelease {
    id
    releasedAt
    isResponseOverdue
    erratum
    period {
      key
    }
    responses {
      id
      ...Response
    }
  }
`);

/** What is done about each released quarter. Everybody who sees the figures sees the responses. */
export function Quarters({
  releases,
  viewer,
  shown,
  group,
}: {
  readonly releases: readonly FragmentType<typeof QUARTER>[];
  readonly viewer: FragmentType<typeof RESPONDENT>;
  readonly shown: ShownTrend;
  /** The name of the group that is shown. Empty if there is none in these periods. */
  readonly group: string;
}): ReactNode {
  const { say } = useWords();
  const { roles, person } = readFragment(RESPONDENT, viewer);
  const isAnalyst = roles.includes('HR_ANALYST');
  const quarters = readFragment(QUARTER, releases);
  if (quarters.length === 0) return null;
  return (
    <section aria-labelledby="responses" className={classes['quarters']}>
      <div>
        <h2 id="responses" className={classes['title']}>
          {say('trends.responses')}
        </h2>
        <p className={classes['soft']}>{say('trends.responsesWho')}</p>
      </div>
      {quarters.map((quarter) => (
        <OneQuarter
          key={quarter.id}
          quarter={quarter}
          shown={shown}
          group={group}
          // The service decides; this only offers what it will accept.
          canRespond={group !== '' && (isAnalyst || (shown.tree === 'MANAGER' && shown.group === person.id))}
          mayChange={(tree, key) => isAnalyst || (tree === 'MANAGER' && key === person.id)}
        />
      ))}
    </section>
  );
}

function OneQuarter({
  quarter: { id, period, releasedAt, isResponseOverdue, erratum, responses },
  shown,
  group,
  canRespond,
  mayChange,
}: {
  readonly quarter: QuarterFragment;
  readonly shown: ShownTrend;
  readonly group: string;
  readonly canRespond: boolean;
  readonly mayChange: (tree: string, key: string) => boolean;
}): ReactNode {
  const { say, language } = useWords();
  const { date } = useDates();
  const [isOpen, setOpen] = useState(false);
  const [added, setAdded] = useState<string>();
  const name = wordPeriod(period.key, language);
  const open = (): void => {
    setOpen(true);
  };
  const respond = say('trends.respond', { period: name, group });
  return (
    <section aria-labelledby={id} className={classes['quarter']}>
      <header className={classes['head']}>
        <h3 id={id} className={classes['name']}>
          {name}
        </h3>
        <p className={classes['soft']}>
          <Moment at={releasedAt}>{say('trends.released', { day: date(releasedAt) })}</Moment>
        </p>
      </header>
      {erratum != null && <p className={classes['erratum']}>{say('trends.erratum', { text: erratum })}</p>}
      {responses.length === 0 && (
        <p className={isResponseOverdue ? classes['overdue'] : classes['soft']}>
          {say(isResponseOverdue ? 'trends.overdue' : 'trends.noResponse')}
        </p>
      )}
      {responses.length > 0 && (
        <ul className={classes['responses']}>
          {responses.map((response) => (
            <Response
              key={response.id}
              response={response}
              isNew={response.id === added}
              mayChange={mayChange}
            />
          ))}
        </ul>
      )}
      {canRespond &&
        (isOpen ? (
          <Suspense>
            <div className={classes['response']}>
              <RespondForm
                releaseId={id}
                period={period.key}
                shown={shown}
                onDone={(responseId) => {
                  setAdded(responseId);
                  setOpen(false);
                }}
              />
            </div>
          </Suspense>
        ) : responses.length === 0 ? (
          <Button variant="default" onClick={open}>
            {respond}
          </Button>
        ) : (
          <QuietButton onClick={open}>{respond}</QuietButton>
        ))}
    </section>
  );
}
