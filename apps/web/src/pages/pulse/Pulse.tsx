import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Pulse.module.css';
import { PulseForm } from './PulseForm.tsx';

const PULSE = graphql(`
  query Pulse($language: QuestionLanguage!) {
    viewer {
      id
      openPulse {
        id
        answered
        closesAt
        period {
          key
          endsOn
        }
        questions {
          id
          scale
          text(language: $language)
        }
      }
    }
    organization {
      id
      settings {
        id
        minimumGroupSize
      }
    }
  }
`);

/** The open pulse: its questions, who can read the answers, and when they are destroyed. */
export function Pulse(): ReactNode {
  const { say, language } = useWords();
  const dates = useDates();
  const data = usePageQuery(PULSE, { language: language === 'de' ? 'DE' : 'EN' });
  const pulse = data.viewer?.openPulse;
  if (pulse == null) {
    return (
      <>
        <title>{`${say('pulse.title')} – Mutual`}</title>
        <Notice title={say('pulse.none')} action={<Link to="/">{say('trouble.toToday')}</Link>}>
          {say('pulse.noneText')}
        </Notice>
      </>
    );
  }
  const { quarter, year, end } = quarterOf(pulse.period.endsOn);
  const time = dates.time(pulse.closesAt);
  const fewest = data.organization?.settings.minimumGroupSize ?? 5;
  return (
    <div className={classes['page']}>
      <title>{`${say('pulse.title')} – Mutual`}</title>
      <header>
        <h1 className={classes['title']}>{say('pulse.title')}</h1>
        <p className={classes['soft']}>
          <Moment at={pulse.closesAt}>
            {say('pulse.until', {
              day: dates.dayWithin(pulse.closesAt),
              time,
              night: Number.parseInt(time, 10) < 5 ? 'yes' : 'no',
            })}
          </Moment>
        </p>
      </header>
      <section aria-labelledby="pulse-readers" className={classes['readers']}>
        <h2 id="pulse-readers">{say('pulse.readers')}</h2>
        <p>{say('pulse.readers.nobody')}</p>
        <p>{say('pulse.readers.operator')}</p>
        <details>
          <summary>{say('pulse.readers.more')}</summary>
          <ul>
            <li>{say('pulse.readers.figures', { fewest })}</li>
            <li>
              {say('pulse.readers.destroyed', {
                quarter,
                year,
                day: dates.date(addDays(end, 7)),
                latest: dates.date(addDays(end, 60)),
              })}
            </li>
            <li>{say('pulse.readers.tookPart')}</li>
          </ul>
        </details>
      </section>
      <PulseForm key={pulse.id} pulse={pulse} />
    </div>
  );
}

/** The quarter that a day is in, from 1 to 4, its year, and its last day. */
function quarterOf(day: string): { readonly quarter: string; readonly year: string; readonly end: string } {
  const date = new Date(`${day}T00:00:00Z`);
  const number = Math.floor(date.getUTCMonth() / 3) + 1;
  const end = new Date(Date.UTC(date.getUTCFullYear(), number * 3, 0)).toISOString().slice(0, 10);
  return { quarter: String(number), year: String(date.getUTCFullYear()), end };
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
