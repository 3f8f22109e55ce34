import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { NotesField } from './NotesField.tsx';
import classes from './Notes.module.css';
import type { Pair } from './pair.ts';
import type { SaveResult } from './useNotes.ts';

const SHARED_TEXT = graphql(`
  fragment SharedText on SharedNotes {
    id
    text
    version
    updatedAt
    updatedBy {
      id
    }
  }
`);

const PRIVATE_TEXT = graphql(`
  fragment PrivateText on Conversation {
    id
    privateNotes {
      id
      text
      version
    }
  }
`);

const NOTES = graphql(`
  fragment Notes on Conversation {
    id
    sharedNotes {
      id
      ...SharedText
    }
    ...PrivateText
  }
`);

const WRITE_SHARED = graphql(`
  mutation WriteSharedNotes($input: WriteSharedNotesInput!) {
    writeSharedNotes(input: $input) {
      __typename
      ... on SharedNotesPayload {
        sharedNotes {
          id
          ...SharedText
          version
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on SharedNotes {
            id
            ...SharedText
          }
        }
      }
    }
  }
`);

const WRITE_PRIVATE = graphql(`
  mutation WritePrivateNotes($input: WritePrivateNotesInput!) {
    writePrivateNotes(input: $input) {
      __typename
      ... on ConversationPayload {
        conversation {
          id
          ...PrivateText
          privateNotes {
            id
            version
          }
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on PrivateNotes {
            id
            text
            version
          }
        }
      }
    }
  }
`);

/** The notes of both beside those of the viewer alone; on a phone, one of the two. */
export function Notes({
  conversation: reference,
  pair,
}: {
  readonly conversation: FragmentType<typeof NOTES>;
  readonly pair: Pair;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const conversation = readFragment(NOTES, reference);
  const { id: conversationId } = conversation;
  const shared = readFragment(SHARED_TEXT, conversation.sharedNotes);
  const { privateNotes } = readFragment(PRIVATE_TEXT, conversation);
  const [shown, setShown] = useState<'shared' | 'private'>('shared');
  const [writeShared, savingShared] = useSave(WRITE_SHARED);
  const [writePrivate, savingPrivate] = useSave(WRITE_PRIVATE);
  const { name } = pair.counterpart;

  const saveShared = async (text: string, version: number): Promise<SaveResult> => {
    const saved = (await writeShared({ input: { conversationId, text, version } }))?.writeSharedNotes;
    if (saved == null) return 'not-saved';
    return saved.__typename === 'EditConflict' ? 'conflict' : saved.sharedNotes.version;
  };
  const savePrivate = async (text: string, version: number): Promise<SaveResult> => {
    const saved = (await writePrivate({ input: { conversationId, text, version } }))?.writePrivateNotes;
    if (saved == null) return 'not-saved';
    return saved.__typename === 'EditConflict' ? 'conflict' : (saved.conversation.privateNotes?.version ?? 0);
  };
  const { updatedAt, updatedBy } = shared;
  const byOther = updatedBy != null && updatedBy.id !== pair.viewerId && updatedAt != null;
  return (
    <section aria-labelledby="notes" className={classes['notes']}>
      <h2 id="notes" className={classes['title']}>
        {say('notes.title')}
      </h2>
      <div className={classes['tabs']} role="group" aria-labelledby="notes">
        {(['shared', 'private'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={shown === one}
            data-side={one}
            onClick={() => {
              setShown(one);
            }}
          >
            {say(`notes.${one}`)}
          </button>
        ))}
      </div>
      <div className={classes['sides']} data-shown={shown}>
        <NotesField
          side="shared"
          draftKey={`shared-notes:${shared.id}`}
          label={say('notes.shared')}
          hint={
            byOther
              ? say('notes.changedBy', { name, ...dates.nearValues(updatedAt) })
              : say('notes.sharedHint', { name })
          }
          saved={{ ...shared, isMine: updatedBy?.id === pair.viewerId }}
          name={name}
          save={saveShared}
          saving={savingShared}
        />
        <NotesField
          side="private"
          draftKey={`private-notes:${conversationId}`}
          label={say('notes.private')}
          hint={say('notes.privateHint')}
          saved={{ text: privateNotes?.text ?? '', version: privateNotes?.version ?? 0, isMine: true }}
          save={savePrivate}
          saving={savingPrivate}
        />
      </div>
    </section>
  );
}
