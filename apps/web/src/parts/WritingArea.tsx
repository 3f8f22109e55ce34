import type { ComponentProps, ReactNode } from 'react';

/** A text area that grows with its text. Ctrl or Cmd with Enter saves; Enter alone does, where one line is enough. */
export function WritingArea({
  value,
  setValue,
  save,
  cancel,
  isOneLine = false,
  ...props
}: Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'onKeyDown'> & {
  readonly value: string;
  readonly setValue: (value: string) => void;
  readonly save?: () => void;
  readonly cancel?: () => void;
  /** Whether Enter saves: for a text without paragraphs, such as a title. */
  readonly isOneLine?: boolean;
}): ReactNode {
  return (
    <textarea
      dir="auto"
      rows={isOneLine ? 1 : Math.min(12, Math.max(3, value.split('\n').length))}
      {...props}
      value={value}
      onChange={({ currentTarget }) => {
        setValue(isOneLine ? currentTarget.value.replaceAll('\n', ' ') : currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && (isOneLine || event.ctrlKey || event.metaKey) && save !== undefined) {
          event.preventDefault();
          save();
        }
        if (event.key === 'Escape' && cancel !== undefined) {
          event.preventDefault();
          cancel();
        }
      }}
    />
  );
}
