import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button, ButtonLink } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { PersonPicker, type Picked } from '../../parts/PersonPicker.tsx';
import { Buttons, PlainForm, PlainPage } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { BackToPeople } from './BackToPeople.tsx';
import { changesOf, EMPTY } from './person-form.ts';
import { PersonFields, SHOWN_FIELDS } from './PersonFields.tsx';

const NEW_PERSON = graphql(`
  query NewPerson {
    organization {
      id
      ...PlaceNames
    }
  }
`);

const CREATE = graphql(`
  mutation CreatePerson($input: CreatePersonInput!) {
    createPerson(input: $input) {
      person {
        id
      }
    }
  }
`);

/** Adds one person to the directory. */
export function NewPerson(): ReactNode {
  const { say } = useWords();
  const organization = usePageQuery(NEW_PERSON, {}).organization;
  const navigate = useNavigate();
  const [form, setForm] = useState(EMPTY);
  const [manager, setManager] = useState<Picked>();
  const [allowSimilarIds, setAllowSimilar] = useState(false);
  const kept = useKept('new-person');
  const [create, { isSaving, problem }] = useSave(CREATE);
  if (organization == null) return null;
  const submit = async (): Promise<void> => {
    const { name = '', ...others } = changesOf(EMPTY, form);
    const made = await create({
      input: {
        name: name ?? '',
        ...others,
        ...(manager !== undefined && { managerId: manager.id }),
        allowSimilarIds,
      },
    });
    const id = made?.createPerson?.person.id;
    if (id === undefined) return;
    kept.clear();
    await navigate({ to: '/admin/people/$personId', params: { personId: id } });
  };
  return (
    <>
      <BackToPeople />
      <PlainPage title={say('admin.person.new')} intro={say('admin.person.newText')}>
        <PlainForm kept={kept} submit={() => void submit()}>
          <PersonFields
            form={form}
            change={setForm}
            organization={organization}
            problem={problem}
            allowsSimilar={allowSimilarIds}
            allowSimilar={setAllowSimilar}
          />
          <PersonPicker
            label={say('admin.person.manager')}
            hint={
              manager === undefined
                ? say('admin.person.pick')
                : say('admin.person.picked', { name: manager.name })
            }
            without={[]}
            pick={setManager}
          />
          <ProblemNote problem={problem} shownFields={SHOWN_FIELDS} />
          <Buttons>
            <Button type="submit" disabled={isSaving}>
              {say('admin.person.add')}
            </Button>
            <ButtonLink to="/admin/people" variant="default" onClick={kept.clear}>
              {say('cancel')}
            </ButtonLink>
          </Buttons>
        </PlainForm>
      </PlainPage>
    </>
  );
}
