import { createContext, use, useEffect, useMemo } from 'react';
import { flushSync } from 'react-dom';
import { clearDrafts, keepDraft, readDraft } from './drafts.ts';

/** The fields of one form, which are kept on this device as they are typed, like the texts of `useDraft`. */
export interface Kept {
  readonly name: string;
  /** After saving, or to give up: nothing is kept any more. */
  readonly clear: () => void;
}

/** The form that fields are part of: `PlainForm` and `KeptFields` (parts/) provide it. Undefined where nothing may be kept. */
export const KeptContext = createContext<Kept | undefined>(undefined);

/** @param name names what the form is about, for example `cycle:` and the id of a cycle */
export function useKept(name: string): Kept {
  return useMemo(
    () => ({
      name,
      clear: () => {
        clearDrafts(`${name}|`);
      },
    }),
    [name],
  );
}

/** Passwords must not be kept; what is searched for and what is picked from a list need not. */
const TYPES = ['text', 'number', 'email', 'date', 'time'];

/**
 * Keeps what is typed into a field of a form that is kept, and types it again when the field is shown after a reload.
 *
 * @param id of the element
 * @param name of the field in its form
 */
export function useKeptField(id: string, name: string): void {
  const form = use(KeptContext)?.name;
  const key = form === undefined ? undefined : `${form}|${name}`;
  useEffect(() => {
    const field = document.getElementById(id);
    if (key === undefined || !isKept(field)) return;
    const initial = field.value;
    let isTouched = false;
    const onInput = (): void => {
      isTouched = true;
      keepDraft(key, field.value === initial ? undefined : field.value);
    };
    field.addEventListener('input', onInput);
    void readDraft(key).then((text) => {
      // What was typed in the meantime is newer.
      if (text !== undefined && !isTouched && text !== field.value) type(field, text);
    });
    return () => {
      isTouched = true;
      field.removeEventListener('input', onInput);
    };
  }, [key, id]);
}

type TextElement = HTMLInputElement | HTMLTextAreaElement;

function isKept(element: HTMLElement | null): element is TextElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement &&
    TYPES.includes(element.type) &&
    element.getAttribute('role') !== 'combobox'
  );
}

/** As if the person typed it: React hears of it. At once, because handlers of several fields may change one object. */
function type(field: TextElement, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  flushSync(() => field.dispatchEvent(new Event('input', { bubbles: true })));
}
