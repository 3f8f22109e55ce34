import { Link } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { later } from '../../parts/later.tsx';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { evict } from '../../saving/evict.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Agenda.module.css';
import type { Pair } from './pair.ts';
import { POINT } from './point-fragment.ts';
import type { Handle } from './useOrder.ts';
import type { PointGoal } from './usePreparation.ts';
import { useUpdatePoint } from './useUpdatePoint.ts';

const PointActions = later(() => import('./PointActions.tsx'), 'PointActions');
const PointText = later(() => import('./PointText.tsx'), 'PointText');

const DELETE_POINT = graphql(`
  mutation DeletePoint($input: DeleteInput!) {
    deleteTalkingPoint(input: $input) {
      deletedId
    }
  }
`);

const SHARE_POINT = graphql(`
  mutation SharePoint($input: ShareTalkingPointInput!) {
    shareTalkingPoint(input: $input) {
      talkingPoint {
        id
        ...Point
      }
    }
  }
`);

/** A line of the agenda: what it is about, whether it was discussed, and what can be done with it. */
export function Point({
  point: reference,
  conversationId,
  pair,
  goal,
  handle,
  isLifted,
}: {
  readonly point: FragmentType<typeof POINT>;
  readonly conversationId: string;
  readonly pair: Pair;
  readonly goal: PointGoal | undefined;
  readonly handle: Handle;
  readonly isLifted: boolean;
}): ReactNode {
  const { say } = useWords();
  const point = readFragment(POINT, reference);
  const { id, text, draft, discussed, author } = point;
  const [isOpen, setOpen] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const update = useUpdatePoint(point);
  const [share, sharing] = useSave(SHARE_POINT);
  const [remove, removing] = useSave(DELETE_POINT, {
    update: (cache, { data }) => {
      evict(cache, 'TalkingPoint', data?.deleteTalkingPoint);
    },
  });
  const [isRemoved, setRemoved] = useState(false);
  const { name } = pair.counterpart;
  const isMine = author.id === pair.viewerId;
  const label = text === '' ? (goal?.title ?? say('point.aboutGoal')) : text;

  if (isRemoved) {
    return (
      <li className={classes['gone']}>
        <UndoLine
          text={say('point.removed')}
          undo={() => {
            setRemoved(false);
          }}
          finish={() =>
            void remove({ input: { id } }).then((saved) => {
              if (saved === undefined) setRemoved(false);
            })
          }
        />
      </li>
    );
  }
  return (
    <li
      className={classes['point']}
      data-draft={draft || undefined}
      data-discussed={discussed || undefined}
      data-lifted={isLifted || undefined}
    >
      <button
        type="button"
        className={classes['handle']}
        aria-label={say('point.move', { text: label })}
        {...handle}
      >
        <span aria-hidden="true">⠿</span>
      </button>
      {/* A draft is discussed with nobody: the box comes when it is shared. */}
      {draft ? (
        <span />
      ) : (
        <input
          type="checkbox"
          className={classes['tick']}
          checked={discussed}
          aria-label={say('point.discussed', { text: label })}
          onChange={() => void update.set({ discussed: !discussed })}
        />
      )}
      <div className={classes['body']}>
        {isEditing ? (
          <PointText
            point={point}
            onDone={() => {
              setEditing(false);
              more.current?.focus();
            }}
          />
        ) : (
          <Written as="div">
            {text !== '' && <Markdown text={text} />}
            {text === '' && goal === undefined && say('point.aboutGoal')}
          </Written>
        )}
        {goal !== undefined && (
          <p className={classes['goal']} data-personal={goal.isPersonal || undefined}>
            <Link to={goal.isPersonal ? '/goals/$goalId' : '/business/$goalId'} params={{ goalId: goal.id }}>
              <Written>{goal.title}</Written>
            </Link>
          </p>
        )}
        <p className={classes['marks']}>
          <Marks point={point} isMine={isMine} name={name} />
          {draft &&
            isMine &&
            !isEditing &&
            (text === '' ? (
              <QuietButton
                aria-label={`${say('point.writeFirst')}: ${label}`}
                onClick={() => {
                  setEditing(true);
                  setOpen(false);
                }}
              >
                {say('point.writeFirst')}
              </QuietButton>
            ) : (
              <QuietButton
                disabled={sharing.isSaving}
                aria-label={`${say('point.share', { name })}: ${label}`}
                onClick={() => void share({ input: { id } })}
              >
                {say('point.share', { name })}
              </QuietButton>
            ))}
        </p>
        {isOpen && (
          <PointActions
            point={point}
            label={label}
            conversationId={conversationId}
            isMine={isMine}
            update={update.set}
            onEdit={() => {
              setEditing(true);
              setOpen(false);
            }}
            onRemove={() => {
              setOpen(false);
              setRemoved(true);
            }}
          />
        )}
        <ProblemNote problem={update.problem ?? sharing.problem ?? removing.problem} />
      </div>
      <QuietButton
        ref={more}
        data-plain
        aria-expanded={isOpen}
        aria-label={say('point.more', { text: label })}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <span aria-hidden="true">···</span>
      </QuietButton>
    </li>
  );
}

function Marks({
  point: { draft, isStanding, fromCustomer, timesCarried },
  isMine,
  name,
}: {
  readonly point: {
    readonly draft: boolean;
    readonly isStanding: boolean;
    readonly fromCustomer: boolean;
    readonly timesCarried: number;
  };
  readonly isMine: boolean;
  readonly name: string;
}): ReactNode {
  const { say } = useWords();
  const marks = [
    draft ? say('point.onlyYou') : isMine ? say('point.fromYou') : say('point.from', { name }),
    fromCustomer && say('point.customer'),
    isStanding && say('point.standing'),
    timesCarried > 0 && say('point.carried', { count: timesCarried }),
  ].filter((mark) => mark !== false);
  return marks.join(' · ');
}
