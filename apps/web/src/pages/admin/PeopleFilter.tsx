import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { AccountState } from '../../graphql/graphql.ts';
import { Choice } from '../../parts/Field.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useSettled } from '../../parts/useSettled.ts';
import { useWords } from '../../words/words.tsx';
import classes from './People.module.css';
import type { PeopleSearch } from './people-search.ts';

export const ACCOUNT_STATES = ['NONE', 'INVITED', 'ACTIVE', 'DISABLED'] as const satisfies AccountState[];

/** What is looked for is in the address, so that the way back from a person leads to the same list. */
export function PeopleFilter({ search }: { readonly search: PeopleSearch }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState(search.text ?? '');
  const settled = useSettled(text.trim());
  const go = ({ text: words, account, former }: PeopleSearch): void => {
    void navigate({
      to: '/admin/people',
      search: {
        ...(words !== undefined && words !== '' && { text: words }),
        ...(account !== undefined && { account }),
        ...(former === true && { former }),
      },
      replace: true,
    });
  };
  useEffect(() => {
    if (settled !== (search.text ?? '')) go({ ...search, text: settled });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only typing changes the address; other parts of it must not be set again
  }, [settled]);
  return (
    <div className={classes['filter']}>
      <TextField type="search" label={say('admin.people.search')} value={text} change={setText} />
      <SelectField
        label={say('admin.person.account')}
        value={search.account ?? ''}
        change={(value) => {
          const account = ACCOUNT_STATES.find((one) => one === value);
          const { account: _before, ...others } = search;
          go(account === undefined ? others : { ...others, account });
        }}
        choices={[
          { value: '', label: say('admin.account.any') },
          ...ACCOUNT_STATES.map((state) => ({ value: state, label: say(`admin.account.${state}`) })),
        ]}
      />
      <Choice
        type="checkbox"
        label={say('admin.people.former')}
        checked={search.former ?? false}
        onChange={(former) => {
          go({ ...search, former });
        }}
      />
    </div>
  );
}
