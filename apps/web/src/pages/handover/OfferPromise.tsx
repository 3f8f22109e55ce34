import type { ReactNode } from 'react';
import { TextField } from '../../parts/TextField.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';
import { YesNo } from '../../parts/Choices.tsx';
import { Markdown } from '../../parts/Markdown.tsx';
import { Written } from '../../parts/Written.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Handovers.module.css';

/** What the new manager is asked to promise. */
export interface Offer {
  readonly text: string;
  readonly dueOn: string;
}

/** A promise that the former manager left open, and whether the new one is asked for it, in the person's own words. */
export function OfferPromise({
  text,
  draftKey,
  to,
  offer,
  onChange,
}: {
  /** What the former manager had promised. */
  readonly text: string;
  readonly draftKey: string;
  /** The name of the new manager, if there is one. */
  readonly to: string | undefined;
  readonly offer: Offer | undefined;
  readonly onChange: (offer: Offer | undefined) => void;
}): ReactNode {
  const { say } = useWords();
  const [draft, setDraft] = useDraft(draftKey, '');
  return (
    <div className={classes['item']}>
      <Written as="div">
        <Markdown text={text} inline />
      </Written>
      {to !== undefined && (
        <YesNo
          label={say('handover.ask', { to })}
          isChosen={offer !== undefined}
          onChange={(isChosen) => {
            onChange(isChosen ? { text: draft, dueOn: '' } : undefined);
          }}
        />
      )}
      {to !== undefined && offer !== undefined && (
        <div className={classes['more']}>
          <WrittenField
            label={say('handover.words')}
            description={say('handover.wordsHint', { to })}
            value={offer.text}
            onChange={(typed) => {
              setDraft(typed);
              onChange({ ...offer, text: typed });
            }}
            required
          />
          <TextField
            type="date"
            label={say('handover.due')}
            value={offer.dueOn}
            change={(day) => {
              onChange({ ...offer, dueOn: day });
            }}
          />
        </div>
      )}
    </div>
  );
}
