import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Promises.module.css';

const ANSWERED_BARRIERS = graphql(`
  fragment AnsweredBarriers on Conversation {
    id
    preparation {
      id
      suggestions {
        id
        kind
        about {
          ... on Barrier {
            id
            title
          }
        }
      }
    }
  }
`);

/** What got in the viewer's way and was answered since they last met somebody: each once. Renders nothing without any. */
export function AnsweredBarriers({
  conversations,
}: {
  readonly conversations: readonly FragmentType<typeof ANSWERED_BARRIERS>[];
}): ReactNode {
  const { say } = useWords();
  const barriers = new Map(
    readFragment(ANSWERED_BARRIERS, conversations)
      .flatMap(({ preparation }) => preparation.suggestions)
      .flatMap(({ kind, about }) =>
        kind === 'BARRIER_ANSWERED' && about != null && 'title' in about
          ? [[about.id, about.title] as const]
          : [],
      ),
  );
  if (barriers.size === 0) return null;
  return (
    <section aria-labelledby="answered">
      <h2 id="answered" className={classes['title']}>
        {say('today.answered')}
      </h2>
      <ul className={classes['list']}>
        {[...barriers].map(([id, title]) => (
          <li key={id}>
            <Link to="/barriers/$barrierId" params={{ barrierId: id }}>
              <Written>{title}</Written>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
