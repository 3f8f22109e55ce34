import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NativeSelect } from '../../parts/mantine.tsx';
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
      <NativeSelect
        label={say('trends.choose.metric')}
        value={driver ?? metric}
        onChange={({ currentTarget: { value } }) => {
          const chosen = DRIVERS.find((one) => one === value);
          const other = METRICS.find((one) => one === value) ?? SCORE;
          const { driver: _, ...rest } = kept;
          show(
            chosen === undefined ? { ...rest, metric: other } : { ...rest, metric: SCORE, driver: chosen },
          );
        }}
        data={[
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
        <NativeSelect
          label={say('trends.choose.tree')}
          value={tree}
          onChange={({ currentTarget: { value } }) => {
            const { group: _, ...rest } = kept;
            show({ ...rest, tree: TREES.find((one) => one === value) ?? tree });
          }}
          data={TREES.map((value) => ({ value, label: say(`trends.tree.${value}`) }))}
        />
      )}
      {metric === SCORE && (
        <NativeSelect
          label={say('trends.choose.by')}
          value={by}
          onChange={({ currentTarget: { value } }) => {
            show({ ...kept, by: value === 'MONTH' ? 'MONTH' : 'QUARTER' });
          }}
          data={(['QUARTER', 'MONTH'] as const).map((value) => ({ value, label: say(`trends.by.${value}`) }))}
        />
      )}
    </form>
  );

  function option(value: (typeof METRICS)[number]): { value: string; label: string } {
    return { value, label: say(`trends.metric.${value}`) };
  }
}
