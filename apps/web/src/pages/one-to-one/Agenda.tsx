import { useRef, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { later } from '../../parts/later.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { AddPoint } from './AddPoint.tsx';
import classes from './Agenda.module.css';
import type { Pair } from './pair.ts';
import { POINT } from './point-fragment.ts';
import { Point } from './Point.tsx';
import { useOrder } from './useOrder.ts';
import type { PointGoal } from './usePreparation.ts';

const Templates = later(() => import('./Templates.tsx'), 'Templates');

const AGENDA = graphql(`
  fragment Agenda on Conversation {
    id
    talkingPoints {
      id
      ...Point
    }
  }
`);

const SHARE_ALL = graphql(`
  mutation SharePoints($input: ShareTalkingPointsInput!) {
    shareTalkingPoints(input: $input) {
      conversation {
        id
        ...Agenda
      }
    }
  }
`);

/** The points of both, in their order; the drafts of the viewer among them, which only the viewer sees. */
export function Agenda({
  conversation: reference,
  pair,
  goals,
  hasBegun,
}: {
  readonly conversation: FragmentType<typeof AGENDA>;
  readonly pair: Pair;
  readonly goals: ReadonlyMap<string, PointGoal>;
  readonly hasBegun: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, talkingPoints } = readFragment(AGENDA, reference);
  const list = useRef<HTMLOListElement>(null);
  const points = readFragment(POINT, talkingPoints);
  const order = useOrder(
    talkingPoints.map((point) => point.id),
    list,
  );
  const [shareAll, sharing] = useSave(SHARE_ALL);
  const drafts = points.filter(({ draft, text }) => draft && text !== '');
  return (
    <section className={classes['agenda']} aria-labelledby="agenda">
      <h2 id="agenda" className={classes['title']} tabIndex={-1}>
        {say('agenda.title')}
      </h2>
      {talkingPoints.length === 0 && <p className={classes['soft']}>{say('agenda.empty')}</p>}
      <ol className={classes['points']} ref={list}>
        {order.ids.map((pointId, at) => {
          const point = talkingPoints.find((one) => one.id === pointId);
          return (
            point !== undefined && (
              <Point
                key={pointId}
                point={point}
                conversationId={id}
                pair={pair}
                goal={goals.get(pointId)}
                handle={order.handleOf(pointId, at)}
                isLifted={order.lifted === pointId}
              />
            )
          );
        })}
      </ol>
      <p role="status" className={classes['announced']}>
        {order.moved !== undefined && say('agenda.moved', { at: order.moved + 1, count: points.length })}
      </p>
      <ProblemNote problem={order.problem ?? sharing.problem} />
      {drafts.length > 1 && (
        <p>
          <QuietButton
            disabled={sharing.isSaving}
            onClick={() =>
              void shareAll({ input: { conversationId: id, talkingPointIds: drafts.map((one) => one.id) } })
            }
          >
            {say('agenda.shareAll', { count: drafts.length, name: pair.counterpart.name })}
          </QuietButton>
        </p>
      )}
      <AddPoint conversationId={id} name={pair.counterpart.name} sharesFirst={hasBegun} />
      <Templates conversationId={id} texts={points.map(({ text }) => text)} />
    </section>
  );
}
