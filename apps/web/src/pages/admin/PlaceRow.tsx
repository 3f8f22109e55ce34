import type { TypedDocumentNode } from '@apollo/client';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { MergeInput, RenameInput } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { Buttons, Note, PlainForm, Row } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';
import { ListForm } from './ListForm.tsx';

/** What the mutations return is the organization, whose list the page shows. */
type Documents<Input> = Record<'department' | 'location', TypedDocumentNode<unknown, { input: Input }>>;

const RENAME: Documents<RenameInput> = {
  department: graphql(`
    mutation RenameDepartment($input: RenameInput!) {
      renameDepartment(input: $input) {
        organization {
          id
          ...PlaceNames
        }
      }
    }
  `),
  location: graphql(`
    mutation RenameLocation($input: RenameInput!) {
      renameLocation(input: $input) {
        organization {
          id
          ...PlaceNames
        }
      }
    }
  `),
};

const MERGE: Documents<MergeInput> = {
  department: graphql(`
    mutation MergeDepartments($input: MergeInput!) {
      mergeDepartments(input: $input) {
        organization {
          id
          ...PlaceNames
        }
      }
    }
  `),
  location: graphql(`
    mutation MergeLocations($input: MergeInput!) {
      mergeLocations(input: $input) {
        organization {
          id
          ...PlaceNames
        }
      }
    }
  `),
};

interface Place {
  readonly id: string;
  readonly name: string;
}

/** A department or location. Giving it the name of another one offers to merge the two, and says what that means. */
export function PlaceRow({
  kind,
  place,
  places,
}: {
  readonly kind: 'department' | 'location';
  readonly place: Place;
  readonly places: readonly Place[];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [open, setOpen] = useState<'rename' | 'merge'>();
  const [wasOpen, setWasOpen] = useState(false);
  const [name, setName] = useState('');
  const [intoId, setIntoId] = useState('');
  const kept = useKept(`place:${place.id}`);
  const [rename, renaming] = useSave(RENAME[kind]);
  const [merge, merging] = useSave(MERGE[kind]);
  const others = places.filter(({ id }) => id !== place.id);
  const into = others.find(({ id }) => id === intoId);

  const close = (): void => {
    setOpen(undefined);
    setWasOpen(true);
    kept.clear();
    renaming.clear();
    merging.clear();
  };
  const submitName = async (): Promise<void> => {
    const same = others.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    if (same !== undefined) {
      setIntoId(same.id);
      setOpen('merge');
      return;
    }
    if ((await rename({ input: { id: place.id, name: name.trim() } })) !== undefined) close();
  };
  const submitMerge = async (): Promise<void> => {
    if (into !== undefined) await merge({ input: { id: place.id, intoId: into.id } });
  };

  return (
    <Row
      action={
        open === undefined && (
          <div className={classes['links']}>
            <QuietButton
              autoFocus={wasOpen}
              aria-label={say('admin.places.renameOf', { name: place.name })}
              onClick={() => {
                setName(place.name);
                setOpen('rename');
              }}
            >
              {say('admin.places.rename')}
            </QuietButton>
            {others.length > 0 && (
              <QuietButton
                aria-label={say('admin.places.mergeOf', { name: place.name })}
                onClick={() => {
                  setIntoId('');
                  setOpen('merge');
                }}
              >
                {say('admin.places.merge')}
              </QuietButton>
            )}
          </div>
        )
      }
    >
      {open !== 'rename' && place.name}
      {open === 'rename' && (
        <ListForm>
          <PlainForm kept={kept} submit={() => void submitName()}>
            <TextField
              label={say('admin.places.name')}
              value={name}
              change={setName}
              error={wordField(renaming.problem, 'name', words)}
            />
            <ProblemNote problem={renaming.problem} shownFields={['name']} />
            <Buttons>
              <Button type="submit" disabled={renaming.isSaving || name.trim() === ''}>
                {say('save')}
              </Button>
              <Button variant="default" onClick={close}>
                {say('cancel')}
              </Button>
            </Buttons>
          </PlainForm>
        </ListForm>
      )}
      {open === 'merge' && (
        <ListForm key="merge">
          <PlainForm kept={undefined} submit={() => void submitMerge()}>
            <SelectField
              label={say('admin.places.into')}
              value={intoId}
              change={setIntoId}
              choices={[
                { value: '', label: say('admin.places.choose') },
                ...others.map((one) => ({ value: one.id, label: one.name })),
              ]}
            />
            <Note>
              {into === undefined
                ? say('admin.places.mergeHint')
                : say('admin.places.mergeText', { name: place.name, into: into.name })}
            </Note>
            <ProblemNote problem={merging.problem} />
            <Buttons>
              <Button type="submit" disabled={merging.isSaving || into === undefined}>
                {say('admin.places.merge')}
              </Button>
              <Button variant="default" onClick={close}>
                {say('cancel')}
              </Button>
            </Buttons>
          </PlainForm>
        </ListForm>
      )}
    </Row>
  );
}
