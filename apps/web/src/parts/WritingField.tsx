import type { ComponentProps, ReactNode, Ref } from 'react';
import { Field } from './Field.tsx';

/** A field for more than a word: in the font of what people write, as high as its text, in the direction of its first letter. */
export function WritingField({
  label,
  hidesLabel = false,
  error,
  value,
  onChange,
  onEnter,
  onEscape,
  ref,
  ...props
}: Pick<ComponentProps<'textarea'>, 'placeholder' | 'maxLength' | 'autoFocus'> & {
  readonly label: string;
  readonly hidesLabel?: boolean;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter without Shift; then Shift and Enter begin a new line. */
  readonly onEnter?: (hasModifier: boolean) => void;
  readonly onEscape?: () => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}): ReactNode {
  return (
    <Field label={label} isHidden={hidesLabel} error={error}>
      {(control) => (
        <textarea
          rows={1}
          {...props}
          {...control}
          ref={ref}
          dir="auto"
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
          }}
          onKeyDown={(event) => {
            // The Enter that ends a composition is part of typing.
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape') onEscape?.();
            if (event.key !== 'Enter' || event.shiftKey || onEnter === undefined) return;
            event.preventDefault();
            onEnter(event.ctrlKey || event.metaKey);
          }}
        />
      )}
    </Field>
  );
}
