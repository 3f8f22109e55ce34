import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Choice } from '../../parts/Field.tsx';
import { wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import type { Problem } from '../../saving/problem.ts';
import { useWords } from '../../words/words.tsx';
import type { PersonForm } from './person-form.ts';

export const PLACES = graphql(`
  fragment PlaceNames on Organization {
    id
    departments {
      id
      name
    }
    locations {
      id
      name
    }
  }
`);

export const SHOWN_FIELDS = [
  'name',
  'title',
  'email',
  'externalId',
  'department',
  'location',
  'hiredOn',
] as const;

/** The fields of a person in the directory. */
export function PersonFields({
  form,
  change,
  organization,
  problem,
  allowsSimilar,
  allowSimilar,
}: {
  readonly form: PersonForm;
  readonly change: (form: PersonForm) => void;
  readonly organization: FragmentType<typeof PLACES>;
  readonly problem: Problem | undefined;
  readonly allowsSimilar: boolean;
  readonly allowSimilar: (allows: boolean) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { departments, locations } = readFragment(PLACES, organization);
  const suggestions = {
    department: departments.map(({ name }) => name),
    location: locations.map(({ name }) => name),
  };
  const isSimilar = problem?.fields.some(
    ({ path, code }) => path === 'externalId' && code !== 'TAKEN' && code !== 'TOO_LONG',
  );
  const wordError = (field: keyof PersonForm): string | undefined =>
    field === 'name' &&
    problem?.fields.some(({ path, code }) => path === field && code === 'REQUIRED') === true
      ? say('admin.person.nameMissing')
      : wordField(problem, field, words);
  return (
    <>
      {SHOWN_FIELDS.map((field) => (
        <TextField
          key={field}
          label={say(`admin.person.${field}`)}
          type={field === 'email' ? 'email' : field === 'hiredOn' ? 'date' : 'text'}
          value={form[field]}
          error={wordError(field)}
          {...(field !== 'email' && field !== 'hiredOn' && { dir: 'auto' })}
          {...(field === 'externalId' && { hint: say('admin.person.externalIdText') })}
          {...(field === 'department' || field === 'location' ? { suggestions: suggestions[field] } : {})}
          change={(value) => {
            change({ ...form, [field]: value });
          }}
        />
      ))}
      {(isSimilar === true || allowsSimilar) && (
        <Choice
          type="checkbox"
          label={say('admin.person.similar')}
          checked={allowsSimilar}
          onChange={allowSimilar}
        />
      )}
    </>
  );
}
