import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { PersonPicker, type Picked } from '../../parts/PersonPicker.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';

/** Finds somebody, and gives them a role once that is confirmed: it opens a part of the administration at once. */
export function GiveRole({
  without,
  isSaving,
  give,
}: {
  /** The ids of people to whom it cannot be given. */
  readonly without: readonly string[];
  readonly isSaving: boolean;
  readonly give: (person: Picked) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  const [picked, setPicked] = useState<Picked>();
  return (
    <div className={classes['picker']}>
      <PersonPicker label={say('admin.roles.grant')} without={without} pick={setPicked} />
      {picked !== undefined && (
        <Button
          disabled={isSaving}
          onClick={() =>
            void give(picked).then(() => {
              setPicked(undefined);
            })
          }
        >
          {say('admin.roles.give', { name: picked.name })}
        </Button>
      )}
    </div>
  );
}
