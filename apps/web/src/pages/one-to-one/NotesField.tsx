import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { EditConflict } from '../../parts/EditConflict.tsx';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import type { Saving } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Notes.module.css';
import { moveCaret } from './notes-merge.ts';
import { markWith, TOOLS, type Tool } from './notes-tools.ts';
import { useNotes, type SavedText, type SaveResult } from './useNotes.ts';

/** A text in Markdown that is saved while it is written, with five tools. */
export function NotesField({
  side,
  draftKey,
  label,
  hint,
  saved,
  name,
  save,
  saving: { isWaiting, problem },
}: {
  readonly side: 'shared' | 'private';
  readonly draftKey: string;
  readonly label: string;
  readonly hint: string;
  readonly saved: SavedText;
  /** Who else can have changed it. Undefined for the viewer's own notes. */
  readonly name?: string;
  readonly save: (text: string, version: number) => Promise<SaveResult>;
  readonly saving: Saving;
}): ReactNode {
  const { say } = useWords();
  const id = useId();
  const [isReading, setReading] = useState(false);
  const { text, setText, conflict, choose, isSaved } = useNotes(draftKey, saved, save);
  const [field, rememberCaret] = useSteadyCaret(text);

  const mark = (tool: Tool): void => {
    if (field.current === null) return;
    field.current.focus();
    const marked = markWith(tool, field.current);
    rememberCaret();
    setText(marked);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const tool = TOOLS.find(({ key }) => key === event.key.toLowerCase());
    if (tool?.key === undefined || event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    mark(tool.name);
  };
  const state =
    // Then it is saved when somebody has chosen.
    conflict !== undefined || (isSaved && text === '')
      ? ''
      : say(isSaved ? 'notes.saved' : isWaiting ? 'notes.waits' : 'notes.saving');
  return (
    <div className={classes['side']} data-side={side}>
      <div className={classes['bar']}>
        <label htmlFor={id} className={classes['label']}>
          {label}
        </label>
        <div role="toolbar" aria-label={say('notes.tools', { label })} className={classes['tools']}>
          {TOOLS.map((tool) => (
            <button
              key={tool.name}
              type="button"
              disabled={isReading}
              aria-label={say(`notes.tool.${tool.name}`)}
              title={say(`notes.tool.${tool.name}`)}
              data-tool={tool.name}
              data-sign={tool.sign === '•' || tool.sign === '1.' ? tool.sign : say(tool.sign)}
              onClick={() => {
                mark(tool.name);
              }}
            />
          ))}
        </div>
        <QuietButton
          data-plain
          aria-pressed={isReading}
          onClick={() => {
            setReading(!isReading);
          }}
        >
          {say('notes.read')}
        </QuietButton>
      </div>
      {isReading ? (
        <div className={classes['text']}>
          <Written as="div">
            <Markdown text={text} />
          </Written>
        </div>
      ) : (
        <textarea
          ref={field}
          id={id}
          className={classes['text']}
          aria-describedby={`${id}-hint`}
          dir="auto"
          rows={6}
          maxLength={20_000}
          spellCheck
          value={text}
          onChange={({ target }) => {
            rememberCaret();
            setText(target.value);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <p className={classes['hint']}>
        <span id={`${id}-hint`}>{hint}</span>
        <span className={classes['state']}>{state}</span>
      </p>
      <ProblemNote problem={problem} />
      {conflict !== undefined && (
        <EditConflict
          mine={text}
          theirs={conflict}
          {...(name !== undefined && { name })}
          onChoose={choose}
          isQuiet
        />
      )}
    </div>
  );
}

/**
 * Keeps the caret at its place in the text when what the other participant saved appears around it.
 *
 * @returns a reference for the field, and what to call when somebody types in it
 */
function useSteadyCaret(text: string): [RefObject<HTMLTextAreaElement | null>, () => void] {
  const field = useRef<HTMLTextAreaElement>(null);
  const before = useRef({ text, start: 0, end: 0 });
  const remember = useCallback((): void => {
    const element = field.current;
    if (element === null || document.activeElement !== element) return;
    before.current = { text: element.value, start: element.selectionStart, end: element.selectionEnd };
  }, []);
  useLayoutEffect(() => {
    const element = field.current;
    const { text: old, start, end } = before.current;
    // The text that was just typed: the browser has put the caret where it belongs.
    if (element === null || old === text) return;
    before.current = { text, start: moveCaret(old, text, start), end: moveCaret(old, text, end) };
    if (document.activeElement === element)
      element.setSelectionRange(before.current.start, before.current.end);
  }, [text]);
  useEffect(() => {
    document.addEventListener('selectionchange', remember);
    return () => {
      document.removeEventListener('selectionchange', remember);
    };
  }, [remember]);
  return [field, remember];
}
