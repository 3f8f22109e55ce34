import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { clocksDiffer, hasPassed, useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './ComingConversation.module.css';
import { AGENDA_POINT, Suggestion } from '../../parts/suggestions/Suggestion.tsx';
import {
  isAboutViewerAlone,
  quotesGoalOf,
  SUGGESTION_LINE,
  type SuggestionLineRef,
} from '../../parts/suggestions/wording.ts';

const COMING_CONVERSATION = graphql(`
  fragment ComingConversation on Conversation {
    id
    scheduledAt
    oneToOne {
      id
      durationMinutes
      pausedUntil
      counterpart {
        id
        name
        timeZone
      }
    }
    talkingPoints {
      id
      ...AgendaPoint
    }
    preparation {
      id
      suggestions {
        id
        ...SuggestionLine
      }
    }
  }
`);

/** How many suggestions are shown before "more", and how many where many conversations have to fit on one screen. */
const FIRST = 3;
const FIRST_DENSE = 1;

export function ComingConversation({
  conversation: reference,
  viewerId,
  isFirst,
  isDense,
}: {
  readonly conversation: FragmentType<typeof COMING_CONVERSATION>;
  readonly viewerId: string;
  /** Facts about the viewer alone are shown once, under the first conversation, and elsewhere behind "more". */
  readonly isFirst: boolean;
  readonly isDense: boolean;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const { id, scheduledAt, oneToOne, talkingPoints, preparation } = readFragment(
    COMING_CONVERSATION,
    reference,
  );
  const isOwn = (one: SuggestionLineRef): boolean => isAboutViewerAlone(readFragment(SUGGESTION_LINE, one));
  const isShownAbove = (one: SuggestionLineRef): boolean => !isFirst && isOwn(one);
  const { counterpart, durationMinutes, pausedUntil } = oneToOne;
  const news = preparation.suggestions
    .filter((one) => !isShownAbove(one))
    .slice(0, isDense ? FIRST_DENSE : FIRST);
  const others = preparation.suggestions.filter((one) => !news.includes(one));
  const shown = isOpen ? [...news, ...others] : news;
  const points = readFragment(AGENDA_POINT, talkingPoints).map((point) => ({
    id: point.id,
    text: point.text,
    draft: point.draft,
    authorId: point.author.id,
    goalId: point.about?.id,
  }));
  const areOwn = others.every(isOwn);
  const quotes = (some: readonly SuggestionLineRef[]): boolean =>
    readFragment(SUGGESTION_LINE, some).some((one) => quotesGoalOf(one, viewerId));
  // Beside a suggestion there is no room for more words.
  const moreShortKey = areOwn && news.length === 0 ? 'today.moreOwnShort' : 'today.moreShort';
  const moreKey = areOwn ? 'today.moreOwn' : 'today.more';
  const isOver = hasPassed(scheduledAt, durationMinutes);
  const nothing =
    shown.length === 0 &&
    (pausedUntil == null ? say('today.nothing') : say('today.paused', { day: dates.date(pausedUntil) }));
  const time = clocksDiffer(scheduledAt, counterpart.timeZone)
    ? say('today.clocks', {
        time: dates.time(scheduledAt),
        theirs: dates.time(scheduledAt, counterpart.timeZone),
      })
    : dates.time(scheduledAt);
  const details = [
    isOver
      ? say('today.overdue')
      : (points.length > 0 || !isDense) &&
        say(isDense ? 'today.pointsShort' : 'today.points', { count: points.length }),
  ].filter((detail) => detail !== false);

  return (
    <article
      className={classes['conversation']}
      aria-labelledby={id}
      tabIndex={-1}
      data-conversation
      data-dense={isDense || undefined}
    >
      <header className={classes['head']}>
        <h3 id={id} className={classes['name']}>
          <Link to="/with/$personId" params={{ personId: counterpart.id }} data-open>
            {counterpart.name}
          </Link>
        </h3>
        <p className={classes['details']}>
          <Moment at={scheduledAt}>
            {isDense ? time : say('today.at', { time, minutes: durationMinutes })}
          </Moment>
          {details.map((detail) => ` · ${detail}`)}
        </p>
      </header>
      {nothing !== false && <p className={classes['note']}>{nothing}</p>}
      {shown.length > 0 && (
        <ul className={classes['suggestions']}>
          {shown.map((suggestion) => (
            <Suggestion
              key={suggestion.id}
              suggestion={suggestion}
              conversationId={id}
              viewerId={viewerId}
              personId={counterpart.id}
              name={counterpart.name}
              points={points}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <QuietButton
          className={classes['more']}
          aria-expanded={isOpen}
          aria-describedby={id}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {isOpen ? say('today.fewer') : say(isDense ? moreShortKey : moreKey, { count: others.length })}
        </QuietButton>
      )}
      {/* Their owner sees it from when the page was loaded, also while the goal is folded away. */}
      {quotes(preparation.suggestions) && (
        <p className={classes['note']}>
          {say(quotes(shown) ? 'today.readsListed' : 'today.readsFolded', { name: counterpart.name })}
        </p>
      )}
    </article>
  );
}
