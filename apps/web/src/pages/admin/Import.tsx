import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { Choice } from '../../parts/Field.tsx';
import { FileField } from '../../parts/FileField.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Buttons, Note, Part, PlainPage } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { saveFile } from '../../parts/download.ts';
import classes from './Import.module.css';
import admin from './Admin.module.css';
import { COLUMNS, EXAMPLE, readPeopleFile, type PeopleFile } from './csv.ts';
import { EarlierImports } from './EarlierImports.tsx';
import { isSimilarId } from './import-faults.ts';
import { ImportReport } from './ImportReport.tsx';
import type { ImportPeopleMutation } from '../../graphql/graphql.ts';

const IMPORTS = graphql(`
  query Imports($after: String) {
    organization {
      id
      ...EarlierImports
    }
  }
`);

const IMPORT = graphql(`
  mutation ImportPeople($input: ImportPeopleInput!) {
    importPeople(input: $input) {
      importReport {
        id
        dryRun
        rows
        errorCount
        errors {
          id
          message
        }
        ...ImportReport
        ...EarlierImport
      }
    }
  }
`);

type Report = NonNullable<ImportPeopleMutation['importPeople']>['importReport'];

/** Updates the directory from a file: it is checked first, with nothing changed, and then applied as a whole or not at all. */
export function Import(): ReactNode {
  const { say } = useWords();
  const organization = usePageQuery(IMPORTS, {}).organization;
  const [file, setFile] = useState<PeopleFile>();
  const [report, setReport] = useState<Report>();
  // Of this page, the latest first: the list below does not have them yet.
  const [made, setMade] = useState<readonly Report[]>([]);
  const [isApplying, setApplying] = useState(false);
  const [allowSimilarIds, setAllowSimilar] = useState(false);
  // Without a key: the same file again changes nothing, and the device need not keep it.
  const [run, { isSaving, problem, clear }] = useSave(IMPORT, { keyless: true });

  const send = async (chosen: PeopleFile, dryRun: boolean, similar: boolean): Promise<void> => {
    setReport(undefined);
    setApplying(!dryRun);
    const answer = await run({ input: { csv: chosen.text, dryRun, allowSimilarIds: similar } });
    const received = answer?.importPeople?.importReport;
    if (received === undefined) return;
    setReport(received);
    setMade((before) => [received, ...before]);
  };
  const choose = async (chosen: File | undefined): Promise<void> => {
    clear();
    setReport(undefined);
    setAllowSimilar(false);
    if (chosen === undefined) return;
    const read = await readPeopleFile(chosen);
    setFile(read);
    await send(read, true, false);
  };
  const titleOf = ({ dryRun, errorCount }: Report): string => {
    if (errorCount > 0) return say('admin.import.toMend', { count: errorCount });
    return say(dryRun ? 'admin.import.wouldDo' : 'admin.import.done');
  };
  const canApply = report?.dryRun === true && report.errorCount === 0;

  return (
    <PlainPage title={say('admin.import')} intro={say('admin.import.text')}>
      <Part title={say('admin.import.file')}>
        <FileField
          label={say('admin.import.choose')}
          hint={say('admin.import.columns')}
          accept=".csv,.tsv,.txt,text/csv"
          choose={(chosen) => void choose(chosen)}
        />
        <p className={classes['columns']}>
          {COLUMNS.map((column) => (
            <code key={column}>{column}</code>
          ))}
        </p>
        <Button
          variant="default"
          onClick={() => {
            saveFile(new Blob([EXAMPLE], { type: 'text/csv' }), 'people.csv');
          }}
        >
          {say('admin.import.example')}
        </Button>
        {file?.isOldEncoding === true && <Note>{say('admin.import.encoding')}</Note>}
      </Part>
      <p role="status" className={admin['status']}>
        {isSaving &&
          file !== undefined &&
          say(isApplying ? 'admin.import.applying' : 'admin.import.checking', { name: file.name })}
      </p>
      <ProblemNote problem={problem} />
      {file !== undefined && report !== undefined && (
        <Part title={titleOf(report)}>
          <ImportReport report={report} lines={file.lines} />
          {report.dryRun &&
            (report.errors.some(({ message }) => isSimilarId(message)) || allowSimilarIds) && (
              <Choice
                type="checkbox"
                label={say('admin.import.similar')}
                checked={allowSimilarIds}
                onChange={(similar) => {
                  setAllowSimilar(similar);
                  void send(file, true, similar);
                }}
              />
            )}
          {!report.dryRun && (
            <Link to="/admin/people" search={{ account: 'NONE' }}>
              {say('admin.import.toInvite')}
            </Link>
          )}
          {canApply && (
            <Buttons>
              <Button disabled={isSaving} onClick={() => void send(file, false, allowSimilarIds)}>
                {say('admin.import.apply', { count: report.rows })}
              </Button>
            </Buttons>
          )}
        </Part>
      )}
      {organization != null && <EarlierImports page={IMPORTS} organization={organization} latest={made} />}
    </PlainPage>
  );
}
