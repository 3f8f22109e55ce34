import { useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import type { PersonDetailsFragment } from '../../graphql/graphql.ts';
import { Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { changesOf, type PersonForm } from './person-form.ts';
import { PersonFields, SHOWN_FIELDS, type PLACES } from './PersonFields.tsx';
import { SaveButton } from './SaveButton.tsx';

const DETAILS = graphql(`
  fragment PersonDetails on Person {
    id
    name
    title
    email
    externalId
    hiredOn
    department {
      id
      name
    }
    location {
      id
      name
    }
  }
`);

const UPDATE = graphql(`
  mutation UpdatePerson($input: UpdatePersonInput!) {
    updatePerson(input: $input) {
      person {
        id
        ...PersonDetails
      }
    }
  }
`);

/** What the directory says about a person, with a button that saves what was changed. */
export function PersonDetails({
  person,
  organization,
}: {
  readonly person: FragmentType<typeof DETAILS>;
  readonly organization: FragmentType<typeof PLACES>;
}): ReactNode {
  const { say } = useWords();
  const saved = readFragment(DETAILS, person);
  const before = formOf(saved);
  const [form, setForm] = useState<PersonForm>();
  const [allowSimilarIds, setAllowSimilar] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const kept = useKept(`person:${saved.id}`);
  const [update, { isSaving, problem }] = useSave(UPDATE);
  const changes = form === undefined ? {} : changesOf(before, form);
  const isChanged = Object.keys(changes).length > 0;
  const submit = async (): Promise<void> => {
    if (!isChanged) return;
    const answer = await update({ input: { id: saved.id, ...changes, allowSimilarIds } });
    if (answer === undefined) return;
    kept.clear();
    setForm(undefined);
    setSaved(true);
  };
  return (
    <Part title={say('admin.person.entry')}>
      <PlainForm kept={kept} submit={() => void submit()}>
        <PersonFields
          form={form ?? before}
          change={(next) => {
            setForm(next);
            setSaved(false);
          }}
          organization={organization}
          problem={problem}
          allowsSimilar={allowSimilarIds}
          allowSimilar={setAllowSimilar}
        />
        <ProblemNote problem={problem} shownFields={SHOWN_FIELDS} />
        <SaveButton disabled={isSaving || !isChanged} isSaved={isSaved} />
      </PlainForm>
    </Part>
  );
}

const formOf = (person: PersonDetailsFragment): PersonForm => ({
  name: person.name,
  title: person.title ?? '',
  email: person.email ?? '',
  externalId: person.externalId ?? '',
  department: person.department?.name ?? '',
  location: person.location?.name ?? '',
  hiredOn: person.hiredOn ?? '',
});
