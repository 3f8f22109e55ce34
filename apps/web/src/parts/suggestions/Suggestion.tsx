import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { useDates } from '../dates.ts';
import { Markdown } from '../Markdown.tsx';
import { ProblemNote } from '../ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { Written } from '../Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Suggestion.module.css';
import {
  actionFor,
  goalIdOf,
  meaningOf,
  pointTextOf,
  SUGGESTION_LINE,
  wordSuggestion,
  type SuggestionLineRef,
} from './wording.ts';

const TAKE_UP = graphql(`
  mutation TakeUpSuggestion($input: AddTalkingPointInput!) {
    addTalkingPoint(input: $input) {
      talkingPoint {
        id
        ...AgendaPoint
      }
    }
  }
`);

const UNDO = graphql(`
  mutation UndoTakingUp($input: DeleteInput!) {
    deleteTalkingPoint(input: $input) {
      deletedId
    }
  }
`);

/** A point of an agenda, as far as it says whether a suggestion was taken up. */
export const AGENDA_POINT = graphql(`
  fragment AgendaPoint on TalkingPoint {
    id
    text
    draft
    discussed
    author {
      id
    }
    about {
      ... on PersonalGoal {
        id
      }
      ... on BusinessGoal {
        id
      }
    }
  }
`);

/** Whether the first letter of a text is one of a script that is written from right to left. */
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** A fact that preparation found, and the button that makes it a point of the agenda. */
export function Suggestion({
  suggestion: reference,
  conversationId,
  viewerId,
  personId,
  name,
  points,
}: {
  readonly suggestion: SuggestionLineRef;
  readonly conversationId: string;
  readonly viewerId: string;
  /** The id of the other participant. */
  readonly personId: string;
  /** Their name. */
  readonly name: string;
  readonly points: readonly {
    readonly id: string;
    readonly text: string;
    readonly draft: boolean;
    readonly authorId: string;
    readonly goalId: string | undefined;
  }[];
}): ReactNode {
  const words = useWords();
  const { say, show } = words;
  const dates = useDates();
  const suggestion = readFragment(SUGGESTION_LINE, reference);
  const wording = wordSuggestion(suggestion, { viewerId, name, dates });
  const { key, values } = wording;
  const goalId = goalIdOf(suggestion);
  const sentence = say(key, values);
  const pointText = pointTextOf(suggestion, wording, words);
  const action = actionFor(suggestion);
  const taken = points.find(
    (point) =>
      point.authorId === viewerId &&
      (goalId === undefined ? point.text === pointText : point.goalId === goalId),
  );
  const agenda = `Conversation:${conversationId}`;
  const [takeUp, taking] = useSave(TAKE_UP, {
    update: (cache, { data }) => {
      const point = data?.addTalkingPoint?.talkingPoint;
      if (point === undefined) return;
      const reference = `TalkingPoint:${point.id}`;
      cache.modify<{ talkingPoints: readonly { __ref: string }[] }>({
        id: agenda,
        fields: {
          // Where the agenda is live, the event may have come first.
          talkingPoints: (present) =>
            (present as { __ref: string }[]).some(({ __ref }) => __ref === reference)
              ? present
              : ([...(present as { __ref: string }[]), { __ref: reference }] as never),
        },
      });
    },
  });
  const [undo, undoing] = useSave(UNDO, {
    update: (cache, { data }) => {
      if (data?.deleteTalkingPoint == null) return;
      cache.evict({ id: `TalkingPoint:${data.deleteTalkingPoint.deletedId}` });
      cache.gc();
    },
  });
  const take = (): void => {
    void takeUp({ input: { target: { conversationId }, text: pointText, aboutId: goalId ?? null } });
  };

  return (
    <li
      className={classes['suggestion']}
      data-meaning={meaningOf(suggestion)}
      data-late={suggestion.kind === 'ACTION_ITEM_LATE' || undefined}
    >
      <p className={classes['text']}>
        {show(key, values, {
          q: (parts) => {
            const text = parts.filter((part) => typeof part === 'string').join('');
            return (
              <span className={RIGHT_TO_LEFT.test(text) ? classes['ownLines'] : undefined}>
                <Written>
                  <Markdown text={text} inline />
                </Written>
              </span>
            );
          },
        })}
      </p>
      {action === 'share-goal' && (
        <Link to="/goals" search={{ shareWith: personId }} className={classes['button']}>
          {say('suggestion.shareGoal')}
        </Link>
      )}
      {action === 'take-up' &&
        (taken === undefined ? (
          <button
            type="button"
            className={classes['button']}
            data-take
            disabled={taking.isSaving}
            aria-label={`${say('suggestion.take')}: ${sentence}`}
            onClick={take}
          >
            {say('suggestion.take')}
          </button>
        ) : (
          <span className={classes['taken']} role="status">
            {say(taken.draft ? 'suggestion.taken' : 'suggestion.takenShared')}{' '}
            {/* What the other participant can read is not removed in passing: its line on the agenda does that. */}
            {taken.draft && (
              <button
                type="button"
                className={classes['button']}
                disabled={undoing.isSaving}
                onClick={() => {
                  void undo({ input: { id: taken.id } });
                }}
              >
                {say('suggestion.undo')}
              </button>
            )}
          </span>
        ))}
      <ProblemNote problem={taking.problem ?? undoing.problem} />
    </li>
  );
}
