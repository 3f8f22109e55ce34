import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Buttons, Note, Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

const EMPLOYMENT = graphql(`
  fragment Employment on Person {
    id
    leftOn
  }
`);

const END = graphql(`
  mutation EndEmployment($input: EndEmploymentInput!) {
    endEmployment(input: $input) {
      person {
        id
        leftOn
        account
        ...ReportingLines
      }
    }
  }
`);

/** The last day of a person's employment, which can be taken back. */
export function Employment({ person }: { readonly person: FragmentType<typeof EMPLOYMENT> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { date } = useDates();
  const { id, leftOn } = readFragment(EMPLOYMENT, person);
  const [day, setDay] = useState('');
  const kept = useKept(`employment:${id}`);
  const [end, { isSaving, problem }] = useSave(END);
  const set = async (last: string | null): Promise<void> => {
    if ((await end({ input: { id, leftOn: last } })) === undefined) return;
    kept.clear();
    setDay('');
  };
  return (
    <Part title={say('admin.employment')}>
      <Note>{say('admin.employment.text')}</Note>
      {leftOn != null && <p>{say('admin.employment.last', { day: date(leftOn) })}</p>}
      <PlainForm
        kept={kept}
        submit={() => {
          if (day !== '') void set(day);
        }}
      >
        <TextField
          type="date"
          label={say('admin.employment.day')}
          value={day}
          change={setDay}
          error={wordField(problem, 'leftOn', words)}
        />
        <ProblemNote problem={problem} shownFields={['leftOn']} />
        <Buttons>
          <Button type="submit" variant="default" disabled={isSaving || day === ''}>
            {say('admin.employment.end')}
          </Button>
          {leftOn != null && (
            <Button variant="default" disabled={isSaving} onClick={() => void set(null)}>
              {say('admin.employment.remove')}
            </Button>
          )}
        </Buttons>
      </PlainForm>
    </Part>
  );
}
