import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { WritingField } from '../../parts/WritingField.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { EDITED } from '../../saving/queue.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Mandates.module.css';

export const MANDATE_LINE = graphql(`
  fragment MandateLine on Mandate {
    id
    text
    version
    lastDay
    endedAt
    published
    viewerCanEdit
    publicationAskedBy {
      id
    }
  }
`);

const PUBLISH = graphql(`
  mutation PublishMandate($input: PublishMandateInput!) {
    publishMandate(input: $input) {
      mandate {
        id
        ...MandateLine
      }
    }
  }
`);

const UNPUBLISH = graphql(`
  mutation UnpublishMandate($input: UnpublishMandateInput!) {
    unpublishMandate(input: $input) {
      mandate {
        id
        ...MandateLine
      }
    }
  }
`);

const END = graphql(`
  mutation EndMandate($input: EndMandateInput!) {
    endMandate(input: $input) {
      mandate {
        id
        ...MandateLine
      }
    }
  }
`);

const UPDATE = graphql(`
  mutation UpdateMandate($input: UpdateMandateInput!) {
    updateMandate(input: $input) {
      __typename
      ... on MandatePayload {
        mandate {
          id
          ...MandateLine
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on Mandate {
            id
            ...MandateLine
          }
        }
      }
    }
  }
`);

/** One mandate, in one line; its manager words it better, either ends it, and both together publish it. */
export function MandateLine({
  mandate: reference,
  viewerId,
  name,
}: {
  readonly mandate: FragmentType<typeof MANDATE_LINE>;
  readonly viewerId: string;
  readonly name: string;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const dates = useDates();
  const mandate = readFragment(MANDATE_LINE, reference);
  const { id, version, lastDay, published, publicationAskedBy: askedBy, viewerCanEdit } = mandate;
  const [isOpen, setOpen] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const [text, setText, draft] = useDraft(`mandate:${id}`, mandate.text);
  const [publish, publishing] = useSave(PUBLISH);
  const [unpublish, unpublishing] = useSave(UNPUBLISH);
  const [end, ending] = useSave(END);
  const [update, updating] = useSave(UPDATE);
  const [isEnded, setEnded] = useState(false);
  const [wasEdited, setEdited] = useState(false);
  const askedByOther = askedBy != null && askedBy.id !== viewerId;
  const state = published
    ? say('mandates.published')
    : askedBy == null
      ? say('mandates.onlyTwo')
      : say(askedByOther ? 'mandates.theyAsk' : 'mandates.youAsk', { name });

  if (isEnded) {
    return (
      <li className={classes['soft']}>
        <UndoLine
          text={say('mandates.ending')}
          undo={() => {
            setEnded(false);
          }}
          finish={() =>
            void end({ input: { id } }).then((saved) => {
              if (saved === undefined) setEnded(false);
            })
          }
        />
      </li>
    );
  }
  const save = async (): Promise<void> => {
    const saved = await update({ input: { id, version: version ?? 0, text: text.trim() } });
    setEdited(saved?.updateMandate?.__typename === 'EditConflict');
    if (saved?.updateMandate?.__typename !== 'MandatePayload') return;
    draft.clear();
    setEditing(false);
  };
  return (
    <li className={classes['line']}>
      {isEditing ? (
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <WritingField
            autoFocus
            label={say('mandates.text', { name })}
            hidesLabel
            value={text}
            error={wordField(updating.problem, 'text', words)}
            onChange={setText}
          />
          {(published || askedBy != null) && <p className={classes['soft']}>{say('mandates.republish')}</p>}
          <p className={classes['actions']}>
            <Button size="xs" type="submit" disabled={updating.isSaving || text.trim() === ''}>
              {say('pair.save')}
            </Button>
            <QuietButton
              onClick={() => {
                draft.clear();
                setEditing(false);
              }}
            >
              {say('pair.cancel')}
            </QuietButton>
          </p>
        </form>
      ) : (
        <Written as="div">
          <Markdown text={mandate.text} inline />
        </Written>
      )}
      <p className={classes['soft']}>
        {[lastDay != null && say('mandates.until', { day: dates.date(lastDay) }), state]
          .filter(Boolean)
          .join(' · ')}{' '}
        <QuietButton
          data-plain
          aria-expanded={isOpen}
          aria-label={say('point.more', { text: mandate.text })}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <span aria-hidden="true">···</span>
        </QuietButton>
      </p>
      {isOpen && (
        <p className={classes['actions']}>
          {viewerCanEdit && (
            <QuietButton
              onClick={() => {
                setEditing(true);
                setOpen(false);
              }}
            >
              {say('point.edit')}
            </QuietButton>
          )}
          {!published && (askedBy == null || askedByOther) && (
            <QuietButton
              disabled={publishing.isSaving}
              onClick={() => void publish({ input: { id, version: version ?? 0 } })}
            >
              {say(askedByOther ? 'mandates.agree' : 'mandates.ask')}
            </QuietButton>
          )}
          {(published || askedBy != null) && (
            <QuietButton disabled={unpublishing.isSaving} onClick={() => void unpublish({ input: { id } })}>
              {say('mandates.unpublish')}
            </QuietButton>
          )}
          <QuietButton
            onClick={() => {
              setEnded(true);
            }}
          >
            {say('mandates.end')}
          </QuietButton>
        </p>
      )}
      <ProblemNote
        problem={
          wasEdited
            ? EDITED
            : (publishing.problem ?? unpublishing.problem ?? ending.problem ?? updating.problem)
        }
        shownFields={['text']}
      />
    </li>
  );
}
