import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Before.module.css';
import { Feedback } from './Feedback.tsx';
import type { Pair } from './pair.ts';

const RECORD = graphql(`
  query ConversationRecord($id: ID!) {
    conversation(id: $id) {
      id
      status
      offTheRecord
      talkingPoints {
        id
        text
        discussed
      }
      sharedNotes {
        id
        text
      }
      privateNotes {
        id
        text
      }
      actionItems {
        id
        text
        standing
        owner {
          id
        }
      }
      feedback {
        id
      }
      ...ConversationFeedbacks
    }
  }
`);

/** What is left of an earlier conversation: its points, notes, promises and revealed feedback. */
export function EarlierConversation({
  id,
  pair,
  wanted,
}: {
  readonly id: string;
  readonly pair: Pair;
  /** What somebody searches for. */
  readonly wanted: string;
}): ReactNode {
  const { say } = useWords();
  const { data } = useQuery(RECORD, { variables: { id } });
  if (data === undefined) return <Skeleton lines={1} />;
  const { conversation } = data;
  if (conversation == null) return <p className={classes['soft']}>{say('before.absent')}</p>;
  const { talkingPoints, sharedNotes, privateNotes, actionItems, feedback, status } = conversation;
  const isEmpty =
    talkingPoints.length === 0 &&
    sharedNotes.text === '' &&
    (privateNotes?.text ?? '') === '' &&
    actionItems.length === 0 &&
    feedback.length === 0;
  return (
    <div className={classes['record']} data-wanted={wanted === '' ? undefined : true}>
      {isEmpty && <p className={classes['soft']}>{say('before.nothing')}</p>}
      {talkingPoints.length > 0 && (
        <div>
          <h3 className={classes['soft']}>{say('agenda.title')}</h3>
          <ul className={classes['points']}>
            {talkingPoints.map(({ id: point, text }) => (
              <li key={point}>
                <Written>{text === '' ? say('point.aboutGoal') : <Markdown text={text} inline />}</Written>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Text label={say('notes.shared')} text={sharedNotes.text} />
      <Text label={say('notes.private')} text={privateNotes?.text ?? ''} />
      {actionItems.length > 0 && (
        <div>
          <h3 className={classes['soft']}>{say('promises.title')}</h3>
          <ul className={classes['points']}>
            {actionItems.map((item) => (
              <li key={item.id}>
                <Written>
                  <Markdown text={item.text} inline />
                </Written>{' '}
                <span className={classes['soft']}>
                  {item.owner.id === pair.viewerId ? say('before.you') : pair.counterpart.name}
                  {', '}
                  {say(`before.standing.${item.standing}`)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {status === 'HELD' && feedback.length > 0 && (
        <Feedback conversation={conversation} pair={pair} isRecent />
      )}
    </div>
  );
}

function Text({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  if (text === '') return null;
  return (
    <div>
      <h3 className={classes['soft']}>{label}</h3>
      <Written as="div">
        <Markdown text={text} />
      </Written>
    </div>
  );
}
