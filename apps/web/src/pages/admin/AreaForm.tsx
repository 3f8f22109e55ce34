import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { PersonPicker, type Picked } from '../../parts/PersonPicker.tsx';
import { Buttons, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

const SET = graphql(`
  mutation SetProcedureArea($input: SetProcedureAreaInput!) {
    setProcedureArea(input: $input) {
      organization {
        id
      }
    }
  }
`);

/** A procedure area: its name, who answers for it, and their deputy. */
export function AreaForm({
  area,
  saved,
  close,
}: {
  readonly area?: {
    readonly id: string;
    readonly name: string;
    readonly answerer: Picked;
    readonly deputy?: Picked | null;
  };
  readonly saved: () => Promise<void>;
  readonly close: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [name, setName] = useState(area?.name ?? '');
  const [answerer, setAnswerer] = useState<Picked | undefined>(area?.answerer);
  const [deputy, setDeputy] = useState<Picked | null>(area?.deputy ?? null);
  const kept = useKept(`area:${area?.id ?? 'new'}`);
  const [save, { isSaving, problem }] = useSave(SET);
  const submit = async (): Promise<void> => {
    if (answerer === undefined) return;
    const answer = await save({
      input: {
        ...(area !== undefined && { id: area.id }),
        name: name.trim(),
        answererId: answerer.id,
        deputyId: deputy?.id ?? null,
      },
    });
    if (answer === undefined) return;
    kept.clear();
    await saved();
  };
  const giveUp = (): void => {
    kept.clear();
    close();
  };
  const hint = (person: Picked | null | undefined): string =>
    person == null ? say('admin.person.pick') : say('admin.person.picked', { name: person.name });
  return (
    <PlainForm kept={kept} submit={() => void submit()}>
      <TextField
        label={say('admin.areas.name')}
        hint={say('admin.areas.nameHint')}
        value={name}
        change={setName}
        error={wordField(problem, 'name', words)}
      />
      <PersonPicker
        label={say('admin.areas.answerer')}
        hint={hint(answerer)}
        without={deputy === null ? [] : [deputy.id]}
        pick={setAnswerer}
      />
      <PersonPicker
        label={say('admin.areas.deputy')}
        hint={hint(deputy)}
        without={answerer === undefined ? [] : [answerer.id]}
        pick={setDeputy}
      />
      {deputy !== null && (
        <Buttons>
          <Button
            variant="default"
            onClick={() => {
              setDeputy(null);
            }}
          >
            {say('admin.areas.noDeputy')}
          </Button>
        </Buttons>
      )}
      <ProblemNote problem={problem} shownFields={['name']} />
      <Buttons>
        <Button type="submit" disabled={isSaving || name.trim() === '' || answerer === undefined}>
          {say('save')}
        </Button>
        <Button variant="default" onClick={giveUp}>
          {say('cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
