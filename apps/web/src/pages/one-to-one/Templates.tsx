import { useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { graphql } from '../../graphql/index.ts';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Agenda.module.css';

const TEMPLATES = graphql(`
  query AgendaTemplates {
    viewer {
      id
      agendaTemplates {
        id
        name
        points
      }
    }
  }
`);

const APPLY = graphql(`
  mutation ApplyTemplate($input: ApplyAgendaTemplateInput!) {
    applyAgendaTemplate(input: $input) {
      conversation {
        id
        ...Agenda
      }
    }
  }
`);

const SAVE = graphql(`
  mutation SaveTemplate($input: SaveAgendaTemplateInput!) {
    saveAgendaTemplate(input: $input) {
      __typename
      ... on AgendaTemplatePayload {
        agendaTemplate {
          id
        }
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteTemplate($input: DeleteInput!) {
    deleteAgendaTemplate(input: $input) {
      deletedId
    }
  }
`);

/** The viewer's own lists of points: adds one to the agenda, or keeps this agenda as one. */
export function Templates({
  conversationId,
  texts,
}: {
  readonly conversationId: string;
  /** Of the points on the agenda. */
  readonly texts: readonly string[];
}): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <QuietButton
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {say('templates.title')}
      </QuietButton>
      {isOpen && <TemplateList conversationId={conversationId} texts={texts.filter((text) => text !== '')} />}
    </div>
  );
}

function TemplateList({
  conversationId,
  texts,
}: {
  readonly conversationId: string;
  readonly texts: readonly string[];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { data } = useQuery(TEMPLATES);
  const [name, setName, draft] = useDraft('template', '');
  const [save, saving] = useSave(SAVE, { refetch: ['AgendaTemplates'] });
  return (
    <div className={classes['templates']}>
      <ul>
        {data?.viewer?.agendaTemplates.map((template) => (
          <Template key={template.id} template={template} conversationId={conversationId} />
        ))}
      </ul>
      {texts.length > 0 && (
        <form
          className={classes['actions']}
          onSubmit={(event) => {
            event.preventDefault();
            const points = texts.slice(0, 30).map((text) => text.slice(0, 500));
            void save({ input: { name, points } }).then((saved) => {
              if (saved !== undefined) draft.clear();
            });
          }}
        >
          <TextField
            label={say('templates.keepAs')}
            value={name}
            error={wordField(saving.problem, 'name', words)}
            change={setName}
          />
          <Button size="xs" variant="default" type="submit" disabled={saving.isSaving || name.trim() === ''}>
            {say('templates.keep')}
          </Button>
        </form>
      )}
      <ProblemNote problem={saving.problem} shownFields={['name']} />
    </div>
  );
}

function Template({
  template: { id, name, points },
  conversationId,
}: {
  readonly template: { readonly id: string; readonly name: string; readonly points: readonly string[] };
  readonly conversationId: string;
}): ReactNode {
  const { say } = useWords();
  const [apply, applying] = useSave(APPLY);
  const [remove, removing] = useSave(DELETE, { refetch: ['AgendaTemplates'] });
  const [isRemoved, setRemoved] = useState(false);
  if (isRemoved) {
    return (
      <li className={classes['gone']}>
        <UndoLine
          text={say('templates.removed', { name })}
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
    <li>
      <Written>{name}</Written>{' '}
      <span className={classes['soft']}>{say('templates.points', { count: points.length })}</span>
      <QuietButton
        disabled={applying.isSaving}
        aria-label={`${say('templates.use')}: ${name}`}
        onClick={() => void apply({ input: { id, conversationId } })}
      >
        {say('templates.use')}
      </QuietButton>
      <QuietButton
        aria-label={`${say('point.remove')}: ${name}`}
        onClick={() => {
          setRemoved(true);
        }}
      >
        {say('point.remove')}
      </QuietButton>
      <ProblemNote problem={applying.problem ?? removing.problem} />
    </li>
  );
}
