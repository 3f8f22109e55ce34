import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useWords } from '../../words/words.tsx';
import { CompletedHandover } from './CompletedHandover.tsx';
import classes from './Handovers.module.css';
import { OpenHandover } from './OpenHandover.tsx';
import { ReceivedHandover } from './ReceivedHandover.tsx';

const HANDOVERS = graphql(`
  query Handovers {
    viewer {
      id
      person {
        id
      }
      handovers {
        id
        completedAt
        person {
          id
        }
        ...OpenHandover
        ...CompletedHandover
        ...ReceivedHandover
      }
    }
  }
`);

/** Changes of manager: what the person passes on, and what a new manager is offered. */
export function Handovers(): ReactNode {
  const { say } = useWords();
  const data = usePageQuery(HANDOVERS, {});
  const handovers = data.viewer?.handovers ?? [];
  if (handovers.length === 0) {
    return (
      <>
        <title>{`${say('handover.title')} – Mutual`}</title>
        <Notice title={say('handover.none')} action={<Link to="/">{say('trouble.toToday')}</Link>}>
          {say('handover.noneText')}
        </Notice>
      </>
    );
  }
  return (
    <div className={classes['page']}>
      <title>{`${say('handover.title')} – Mutual`}</title>
      <div>
        <p className={classes['back']}>
          <Link to="/">{say('nav.today')}</Link>
        </p>
        <h1 className={classes['title']}>{say('handover.title')}</h1>
        <p className={classes['intro']}>{say('handover.intro')}</p>
      </div>
      {handovers.map((handover) => {
        if (handover.person.id !== data.viewer?.person.id) {
          return <ReceivedHandover key={handover.id} handover={handover} />;
        }
        return handover.completedAt == null ? (
          <OpenHandover key={handover.id} handover={handover} />
        ) : (
          <CompletedHandover key={handover.id} handover={handover} />
        );
      })}
    </div>
  );
}
