import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Buttons, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { AREA_CHOICE } from './area-choice.ts';

const ASSIGN = graphql(`
  mutation AssignBarrier($input: AssignBarrierInput!) {
    assignBarrier(input: $input) {
      barrier {
        id
        viewerCanAnswer
        ...BarrierCard
      }
    }
  }
`);

/** Gives a barrier to the area whose answerer has to answer it. */
export function AssignForm({
  id,
  areas,
  onDone,
}: {
  readonly id: string;
  readonly areas: readonly FragmentType<typeof AREA_CHOICE>[];
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useWords();
  const [areaId, setAreaId] = useState('');
  const [assign, { isSaving, problem }] = useSave(ASSIGN);
  const submit = async (): Promise<void> => {
    const saved = await assign({ input: { id, procedureAreaId: areaId } });
    if (saved?.assignBarrier != null) onDone();
  };
  return (
    <PlainForm kept={undefined} submit={() => void submit()}>
      <SelectField
        label={say('barriers.form.area')}
        hint={say('barriers.form.areaHint')}
        value={areaId}
        change={setAreaId}
        choices={[
          { value: '', label: say('barriers.form.chooseArea') },
          ...readFragment(AREA_CHOICE, areas).map(({ id: value, name }) => ({ value, label: name })),
        ]}
        autoFocus
      />
      <ProblemNote problem={problem} />
      <Buttons>
        <Button type="submit" disabled={isSaving || areaId === ''}>
          {say('barriers.form.assign')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {say('barriers.form.cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
