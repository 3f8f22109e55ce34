import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SelectField } from '../../parts/SelectField.tsx';
import { useWords } from '../../words/words.tsx';
import {
  DRIVERS,
  isAboutBarriers,
  METRICS,
  ofGroup,
  TREES,
  type ShownTrend,
  type TrendSearch,
} from './search.ts';
import { peopleOf } from './figures.ts';
import classes from './Trends.module.css';

const SCORE = 'PULSE_SCORE';

/** What is measured, and for which groups. Each choice is in the address of the page, so it can be sent to somebody. */
export function TrendControls({ shown }: { readonly shown: ShownTrend }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const { metric, driver, tree, by } = shown;
  const show = (search: TrendSearch): void => {
    void navigate({ to: '/trends', search, resetScroll: false });
  };
  const kept = ofGroup(shown, shown.group);
  const others = METRICS.filter((one) => one !== SCORE);

  return (
    <form
      className={classes['controls']}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <SelectField<string>
        label={say('trends.choose.metric')}
        value={driver ?? metric}
        change={(value) => {
          const chosen = DRIVERS.find((one) => one === value);
          const other = METRICS.find((one) => one === value) ?? SCORE;
          const { driver: _, ...rest } = kept;
          show(
            chosen === undefined ? { ...rest, metric: other } : { ...rest, metric: SCORE, driver: chosen },
          );
        }}
        choices={[
          {
            group: say('trends.choose.answers'),
            items: [
              ...DRIVERS.map((value) => ({ value, label: say(`trends.driver.${value}`) })),
              ...others.filter((one) => peopleOf(one) === 'people').map((value) => option(value)),
            ],
          },
          {
            group: say('trends.choose.managers'),
            items: others.filter((one) => peopleOf(one) === 'managers').map((value) => option(value)),
          },
          {
            group: say('trends.choose.barriers'),
            items: others.filter((one) => isAboutBarriers(one)).map((value) => option(value)),
          },
        ]}
      />
      {isAboutBarriers(metric) ? null : (
        <SelectField
          label={say('trends.choose.tree')}
          value={tree}
          change={(value) => {
            const { group: _, ...rest } = kept;
            show({ ...rest, tree: value });
          }}
          choices={TREES.map((value) => ({ value, label: say(`trends.tree.${value}`) }))}
        />
      )}
      {metric === SCORE && (
        <SelectField
          label={say('trends.choose.by')}
          value={by}
          change={(value) => {
            show({ ...kept, by: value });
          }}
          choices={(['QUARTER', 'MONTH'] as const).map((value) => ({
            value,
            label: say(`trends.by.${value}`),
          }))}
        />
      )}
    </form>
  );

  function option(value: (typeof METRICS)[number]): { value: string; label: string } {
    return { value, label: say(`trends.metric.${value}`) };
  }
}
