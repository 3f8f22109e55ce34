import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Note } from '../../parts/Plain.tsx';
import { Table } from '../../parts/Table.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Import.module.css';
import { wordImportFault } from './import-faults.ts';
import { saveFile } from '../../parts/download.ts';
import { toCsv } from './csv.ts';

const REPORT = graphql(`
  fragment ImportReport on ImportReport {
    id
    dryRun
    rows
    created
    changed
    ended
    restored
    managersChanged
    unchanged
    absentCount
    absent
    errorCount
    errors {
      id
      line
      column
      message
    }
  }
`);

/** What is counted, in the order in which it matters. */
const KINDS = ['created', 'changed', 'managersChanged', 'ended', 'restored', 'unchanged'] as const;

/** How many faults are shown before somebody asks for all. */
const FEW = 50;

/** What an import did or would do, and each line that is wrong. */
export function ImportReport({
  report,
  lines,
}: {
  readonly report: FragmentType<typeof REPORT>;
  /** Of the file. */
  readonly lines: readonly string[];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { rows, errorCount, errors, absentCount, absent, ...counts } = readFragment(REPORT, report);
  const [isAll, setAll] = useState(false);
  const textOf = (line: number): string => lines[line - 1] ?? '';
  if (errorCount > 0) {
    const shown = isAll ? errors : errors.slice(0, FEW);
    return (
      <>
        <p role="alert">{say('admin.import.errors', { rows })}</p>
        <div className={classes['faults']}>
          <Table
            title={say('admin.import.errorsTitle')}
            head={[
              say('admin.import.line'),
              say('admin.import.column'),
              say('admin.import.reason'),
              say('admin.import.row'),
            ]}
          >
            {shown.map(({ id, line, column, message }) => (
              <tr key={id} className={classes['fault']}>
                <td data-name={say('admin.import.line')}>{line}</td>
                <td data-name={say('admin.import.column')}>{column}</td>
                <td>{wordImportFault(message, column, words)}</td>
                <td dir="auto">{textOf(line)}</td>
              </tr>
            ))}
          </Table>
        </div>
        {!isAll && errors.length > FEW && (
          <Button
            variant="default"
            onClick={() => {
              setAll(true);
            }}
          >
            {say('admin.import.all', { count: errors.length })}
          </Button>
        )}
        {errorCount > errors.length && <Note>{say('admin.import.more', { count: errors.length })}</Note>}
        <Button
          variant="default"
          onClick={() => {
            const faults = errors.map(({ line, column, message }) => [
              String(line),
              column ?? '',
              wordImportFault(message, column, words),
              textOf(line),
            ]);
            saveFile(
              new Blob([toCsv([['line', 'column', 'reason', 'row'], ...faults])], { type: 'text/csv' }),
              'import-faults.csv',
            );
          }}
        >
          {say('admin.import.download')}
        </Button>
      </>
    );
  }
  const kinds = KINDS.filter((kind) => (counts[kind] ?? 0) > 0);
  return (
    <>
      <p>
        {say('admin.import.rows', { count: rows })}
        {kinds.length > 0 && ': '}
        {kinds.map((kind) => say(`admin.import.${kind}`, { count: counts[kind] ?? 0 })).join(', ')}.
      </p>
      {absentCount != null && absentCount > 0 && (
        <details>
          <summary>{say('admin.import.absent', { count: absentCount })}</summary>
          <p>{absent?.join(', ')}</p>
        </details>
      )}
    </>
  );
}
