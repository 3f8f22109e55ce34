import { useId, type ReactNode } from 'react';
import { SegmentedControl } from './mantine.tsx';
import { useTranslation } from '../words/words.tsx';
import classes from './Segments.module.css';

const parts = {
  root: classes['root'] ?? '',
  indicator: classes['indicator'] ?? '',
  label: classes['label'] ?? '',
};

/** One of a few choices, all visible, with what they are about. */
export function Segments<Value extends string>({
  title,
  value,
  choose,
  choices,
}: {
  readonly title: string;
  readonly value: Value;
  readonly choose: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
}): ReactNode {
  const heading = useId();
  return (
    <div>
      <p id={heading} className={classes['heading']}>
        {title}
      </p>
      <SegmentedControl
        aria-labelledby={heading}
        classNames={parts}
        value={value}
        onChange={choose}
        data={[...choices]}
        withItemsBorders={false}
      />
    </div>
  );
}

/** The language of this device. */
export function LanguageChoice(): ReactNode {
  const { words, choose } = useTranslation();
  return (
    <Segments
      title={words.say('language.title')}
      value={words.language}
      choose={choose}
      choices={[
        { value: 'en', label: 'English' },
        { value: 'de', label: 'Deutsch' },
      ]}
    />
  );
}
