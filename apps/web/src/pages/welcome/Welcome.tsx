import type { ReactNode } from 'react';
import { ButtonLink } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { LanguageChoice } from '../../parts/Segments.tsx';
import { useWords } from '../../words/words.tsx';
import { TimeZoneSetting } from '../me/TimeZoneSetting.tsx';
import classes from './Welcome.module.css';

const WELCOME = graphql(`
  query Welcome {
    viewer {
      id
      person {
        id
        name
        manager {
          id
          name
        }
        ...TimeZoneSetting
      }
    }
  }
`);

/** The first steps: what Mutual is for, who can see what, and two ways to begin. */
export function Welcome(): ReactNode {
  const { say } = useWords();
  const person = usePageQuery(WELCOME, {}).viewer?.person;
  if (person === undefined) return null;
  const manager = person.manager?.name;
  return (
    <main className={classes['page']}>
      <title>{`${say('welcome.title', { name: person.name })} – Mutual`}</title>
      <div className={classes['top']}>
        <p className={classes['name']}>Mutual</p>
        <LanguageChoice />
      </div>
      <h1 className={classes['title']}>{say('welcome.title', { name: person.name })}</h1>
      <div className={classes['why']}>
        <p>{say('welcome.own')}</p>
        <p>{say('welcome.part')}</p>
        <p>{say('welcome.never')}</p>
      </div>
      <section aria-labelledby="sees">
        <h2 id="sees">{say('welcome.sees')}</h2>
        <dl className={classes['facts']}>
          <dt>{say('welcome.you')}</dt>
          <dd>{say('welcome.youText')}</dd>
          <dt>
            {manager === undefined ? say('welcome.manager') : say('welcome.managerName', { name: manager })}
          </dt>
          <dd>{say('welcome.managerText')}</dd>
          <dt>{say('welcome.administrators')}</dt>
          <dd>{say('welcome.administratorsText')}</dd>
          <dt>{say('welcome.operator')}</dt>
          <dd>{say('welcome.operatorText')}</dd>
        </dl>
      </section>
      <div className={classes['actions']}>
        <ButtonLink to="/goals" size="md">
          {say('welcome.toGoals')}
        </ButtonLink>
        <ButtonLink to="/" size="md" variant="default">
          {say('welcome.toToday')}
        </ButtonLink>
      </div>
      <div className={classes['settings']}>
        <TimeZoneSetting person={person} />
      </div>
    </main>
  );
}
