import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Buttons, Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

const ORGANIZATION = graphql(`
  fragment OrganizationName on Organization {
    id
    name
  }
`);

const RENAME = graphql(`
  mutation RenameOrganization($input: RenameInput!) {
    renameOrganization(input: $input) {
      organization {
        id
        name
      }
    }
  }
`);

export function OrganizationName({
  organization,
}: {
  readonly organization: FragmentType<typeof ORGANIZATION>;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { id, name } = readFragment(ORGANIZATION, organization);
  const [typed, setTyped] = useState<string>();
  const kept = useKept('organization');
  const [rename, { isSaving, problem }] = useSave(RENAME);
  const text = typed ?? name;
  const submit = async (): Promise<void> => {
    if ((await rename({ input: { id, name: text.trim() } })) === undefined) return;
    kept.clear();
    setTyped(undefined);
  };
  return (
    <Part title={say('admin.settings.name')}>
      <PlainForm kept={kept} submit={() => void submit()}>
        <TextField
          label={say('admin.settings.organization')}
          value={text}
          change={setTyped}
          error={wordField(problem, 'name', words)}
        />
        <ProblemNote problem={problem} shownFields={['name']} />
        <Buttons>
          <Button type="submit" disabled={isSaving || text.trim() === name || text.trim() === ''}>
            {say('save')}
          </Button>
        </Buttons>
      </PlainForm>
    </Part>
  );
}
