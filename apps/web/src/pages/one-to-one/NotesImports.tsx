import { useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Button } from '../../parts/Button.tsx';
import { useDates } from '../../parts/dates.ts';
import { FileField } from '../../parts/FileField.tsx';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';
import { Written } from '../../parts/Written.tsx';
import type { DateOrder } from '../../graphql/graphql.ts';
import { evict } from '../../saving/evict.ts';
import type { FieldProblem } from '../../saving/problem.ts';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords, type Words } from '../../words/words.tsx';
import classes from './Before.module.css';
import formClasses from './Feedback.module.css';
import type { Pair } from './pair.ts';

const NOTES_IMPORT = graphql(`
  fragment NotesImport on NotesImport {
    id
    proposedAt
    acceptedAt
    undoableUntil
    proposedBy {
      id
    }
    proposedNotes {
      heldOn
      text
    }
    conversations {
      id
    }
  }
`);

const NOTES_IMPORTS = graphql(`
  query NotesImports($id: ID!) {
    oneToOne(id: $id) {
      id
      notesImports {
        id
        ...NotesImport
      }
    }
  }
`);

const PROPOSE = graphql(`
  mutation ProposeNotesImport($input: ImportConversationNotesInput!) {
    importConversationNotes(input: $input) {
      oneToOne {
        id
        notesImports {
          id
          ...NotesImport
        }
      }
    }
  }
`);

const ACCEPT = graphql(`
  mutation AcceptNotesImport($input: AcceptNotesImportInput!) {
    acceptNotesImport(input: $input) {
      oneToOne {
        id
        notesImports {
          id
          ...NotesImport
        }
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteNotesImport($input: DeleteInput!) {
    deleteNotesImport(input: $input) {
      deletedId
    }
  }
`);

const UNDO = graphql(`
  mutation UndoNotesImport($input: UndoNotesImportInput!) {
    undoNotesImport(input: $input) {
      oneToOne {
        id
        notesImports {
          id
          ...NotesImport
        }
      }
    }
  }
`);

/** What is asked for again when conversations of before come and go. */
const REFETCH = ['EarlierConversations', 'OneToOnePage'];

/** Brings the document along in which two people wrote before: one of them proposes it, and the other accepts. */
export function NotesImports({ pair }: { readonly pair: Pair }): ReactNode {
  const { say } = useWords();
  const { data } = useQuery(NOTES_IMPORTS, { variables: { id: pair.oneToOneId } });
  const [isOpen, setOpen] = useState(false);
  const imports = data?.oneToOne?.notesImports;
  if (imports === undefined) return null;
  const waits = readFragment(NOTES_IMPORT, imports).some(({ acceptedAt }) => acceptedAt == null);
  return (
    <section aria-label={say('bring.title')} className={classes['before']}>
      {imports.map((one) => (
        <OneImport key={one.id} notesImport={one} pair={pair} />
      ))}
      {isOpen && !waits ? (
        <Propose
          pair={pair}
          close={() => {
            setOpen(false);
          }}
        />
      ) : (
        !waits && (
          <p>
            <QuietButton
              onClick={() => {
                setOpen(true);
              }}
            >
              {say('bring.open')}
            </QuietButton>
          </p>
        )
      )}
    </section>
  );
}

function OneImport({
  notesImport: reference,
  pair: { viewerId, counterpart },
}: {
  readonly notesImport: FragmentType<typeof NOTES_IMPORT>;
  readonly pair: Pair;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { id, acceptedAt, undoableUntil, proposedBy, proposedNotes, conversations } = readFragment(
    NOTES_IMPORT,
    reference,
  );
  const [accept, accepting] = useSave(ACCEPT, { refetch: REFETCH });
  const [undo, undoing] = useSave(UNDO, { refetch: REFETCH });
  const [remove, removing] = useSave(DELETE, {
    update: (cache, { data }) => {
      evict(cache, 'NotesImport', data?.deleteNotesImport);
    },
  });
  const { name } = counterpart;
  const isMine = proposedBy.id === viewerId;
  if (acceptedAt != null) {
    return (
      <div role="status">
        <p className={classes['soft']}>
          {say('bring.accepted', { count: conversations.length })}{' '}
          {undoableUntil != null && (
            <QuietButton disabled={undoing.isSaving} onClick={() => void undo({ input: { id } })}>
              {say('bring.undo', { day: dates.near(undoableUntil) })}
            </QuietButton>
          )}
        </p>
        <ProblemNote problem={undoing.problem} />
      </div>
    );
  }
  const removeIt = (): void => void remove({ input: { id } });
  return (
    <div className={formClasses['feedback']}>
      <p>{say(isMine ? 'bring.waits' : 'bring.asks', { name, count: proposedNotes.length })}</p>
      <details>
        <summary>{say('bring.read')}</summary>
        {proposedNotes.map(({ heldOn, text }) => (
          <div key={heldOn}>
            <h3>{dates.date(heldOn)}</h3>
            <Written as="div">
              <Markdown text={text} />
            </Written>
          </div>
        ))}
      </details>
      {isMine ? (
        <p>
          <QuietButton disabled={removing.isSaving} onClick={removeIt}>
            {say('bring.withdraw')}
          </QuietButton>
        </p>
      ) : (
        <p className={formClasses['actions']}>
          <Button disabled={accepting.isSaving} onClick={() => void accept({ input: { id } })}>
            {say('bring.accept')}
          </Button>
          <Button variant="default" disabled={removing.isSaving} onClick={removeIt}>
            {say('bring.decline')}
          </Button>
        </p>
      )}
      <ProblemNote problem={accepting.problem ?? removing.problem} />
    </div>
  );
}

function Propose({ pair, close }: { readonly pair: Pair; readonly close: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { oneToOneId, counterpart } = pair;
  const [text, setText, draft] = useDraft(`bring-notes:${oneToOneId}`, '');
  const [order, setOrder] = useState<DateOrder | ''>('');
  const [propose, { isSaving, problem, clear }] = useSave(PROPOSE);
  const leave = (): void => {
    draft.clear();
    close();
  };
  const submit = async (): Promise<void> => {
    const saved = await propose({
      input: { oneToOneId, text, ...(order !== '' && { dateOrder: order }) },
    });
    if (saved?.importConversationNotes != null) leave();
  };
  const faults = problem?.fields ?? [];
  return (
    <form
      className={formClasses['feedback']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={classes['soft']}>{say('bring.text', { name: counterpart.name })}</p>
      <FileField
        label={say('bring.file')}
        accept=".md,.txt,text/markdown,text/plain"
        choose={(file) => {
          void file?.text().then(setText);
        }}
      />
      <WrittenField
        label={say('bring.document')}
        description={say('bring.documentHint')}
        value={text}
        onChange={(typed) => {
          setText(typed);
          clear();
        }}
        rows={6}
        required
      />
      <SelectField
        label={say('bring.order')}
        value={order}
        change={(value) => {
          setOrder(value);
          clear();
        }}
        choices={[
          { value: '', label: say('bring.orderNone') },
          { value: 'DAY_FIRST', label: say('bring.orderDay') },
          { value: 'MONTH_FIRST', label: say('bring.orderMonth') },
        ]}
      />
      {faults.length > 0 ? (
        <div role="alert">
          <p>{say('bring.faults')}</p>
          <ul>
            {faults.map((fault, at) => (
              <li key={at}>{wordFault(fault, words)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <ProblemNote problem={problem} />
      )}
      <p className={formClasses['actions']}>
        <Button type="submit" disabled={isSaving || text.trim() === ''}>
          {say('bring.propose')}
        </Button>
        <QuietButton onClick={leave}>{say('pair.cancel')}</QuietButton>
      </p>
    </form>
  );
}

/** The service names the line in English only; its code says what is wrong there. */
function wordFault({ path, code, message }: FieldProblem, { say, language }: Words): string {
  if (language === 'en') return message;
  const [, line] = /\blines? (\d+)/.exec(message) ?? [];
  const where = line === undefined ? '' : say('bring.fault.line', { line: Number(line) });
  if (path.endsWith('dateOrder')) return `${where}${say('bring.fault.order')}`;
  switch (code) {
    case 'OUT_OF_RANGE':
    case 'DUPLICATE':
    case 'TAKEN':
    case 'TOO_LONG':
      return `${where}${say(`bring.fault.${code}`)}`;
    default:
      return `${where}${say('bring.fault.other')}`;
  }
}
