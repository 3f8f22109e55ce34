import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { downloadFile } from '../../parts/download.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { problemOf, type Problem } from '../../saving/problem.ts';
import { useWords } from '../../words/words.tsx';

/** A file with all figures of all groups and metrics, of one period or of the last two years. */
export function Download({
  periods,
  label,
}: {
  readonly periods: readonly string[];
  /** What the button says, where it is not about everything: then it is a quieter one. */
  readonly label?: string;
}): ReactNode {
  const { say } = useWords();
  const [problem, setProblem] = useState<Problem>();
  const [isLoading, setLoading] = useState(false);
  const save = async (): Promise<void> => {
    setProblem(undefined);
    setLoading(true);
    const { path, name } = fileOf(periods);
    try {
      await downloadFile(path, name);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setLoading(false);
    }
  };
  return (
    <div>
      {label === undefined ? (
        <Button variant="default" disabled={isLoading} onClick={() => void save()}>
          {say('trends.csv')}
        </Button>
      ) : (
        <QuietButton disabled={isLoading} onClick={() => void save()}>
          {label}
        </QuietButton>
      )}
      <ProblemNote problem={problem} />
    </div>
  );
}

function fileOf(periods: readonly string[]): { readonly path: string; readonly name: string } {
  const [only, ...others] = periods;
  if (only !== undefined && others.length === 0)
    return { path: `/trends/${only}.csv`, name: `trends-${only}.csv` };
  const months = periods.flatMap((key) => monthsOf(key)).sort();
  const to = months.at(-1) ?? '';
  const [year = 0, month = 0] = to.split('-').map(Number);
  // The service sends 24 months at most.
  const earliest = new Date(Date.UTC(year, month - 24)).toISOString().slice(0, 7);
  const from = months.find((one) => one >= earliest) ?? to;
  return { path: `/trends.csv?from=${from}&to=${to}`, name: `trends-${from}-${to}.csv` };
}

/** The first and the last month of a period. */
function monthsOf(key: string): readonly string[] {
  const [year = '', part = ''] = key.split('-');
  if (!part.startsWith('Q')) return [key];
  const last = Number(part.slice(1)) * 3;
  return [last - 2, last].map((month) => `${year}-${String(month).padStart(2, '0')}`);
}
