import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { FileField } from '../../parts/FileField.tsx';
import { Note, Part } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { readGoalFile } from './goal-file.ts';

const IMPORT = graphql(`
  mutation ImportMyGoals($input: ImportMyGoalsInput!) {
    importMyGoals(input: $input) {
      importedIds
      presentIds
    }
  }
`);

/** Brings goals along from an export, of this installation or another one. */
export function ImportGoals(): ReactNode {
  const { say } = useWords();
  // Without a key: the same file again changes nothing, and the device need not keep it.
  const [run, { problem, isSaving, clear }] = useSave(IMPORT, { keyless: true, refetch: ['MyGoals'] });
  const [isForeign, setForeign] = useState(false);
  const [result, setResult] = useState<{ readonly imported: number; readonly present: number }>();
  const choose = async (file: File | undefined): Promise<void> => {
    clear();
    setForeign(false);
    setResult(undefined);
    if (file === undefined) return;
    const parts = await readGoalFile(file);
    setForeign(parts === undefined);
    if (parts === undefined) return;
    let imported = 0;
    let present = 0;
    for (const part of parts) {
      const answer = (await run({ input: { file: part } }))?.importMyGoals;
      if (answer == null) return;
      imported += answer.importedIds.length;
      present += answer.presentIds.length;
    }
    setResult({ imported, present });
  };
  return (
    <Part title={say('me.bring')}>
      <Note>{say('me.bring.text')}</Note>
      <FileField
        label={say('me.bring.file')}
        hint={say('me.bring.fileHint')}
        error={isForeign ? say('me.bring.foreign') : undefined}
        accept=".zip,.json,application/zip,application/json"
        disabled={isSaving}
        choose={(file) => void choose(file)}
      />
      <p role="status">
        {isSaving && say('me.bring.running')}
        {result !== undefined && (
          <>
            {say('me.bring.done', result)} <Link to="/goals">{say('me.bring.toGoals')}</Link>
          </>
        )}
      </p>
      {problem?.code === 'BAD_USER_INPUT' ? (
        <p role="alert">{say('me.bring.faults', { count: problem.fields.length })}</p>
      ) : (
        <ProblemNote problem={problem} />
      )}
    </Part>
  );
}
