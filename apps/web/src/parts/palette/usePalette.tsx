import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useState,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
} from 'react';
import { loadSections } from '../../words/sections.ts';
import { chosenLanguage } from '../../words/words.tsx';
import type { PalettePage } from './palette-items.ts';

const Palette = lazy(async () => {
  const [{ Palette: component }] = await Promise.all([
    import('./Palette.tsx'),
    loadSections(chosenLanguage(), 'palette'),
  ]);
  return { default: component };
});

/**
 * The palette, which Ctrl or Cmd with K opens anywhere. What it is made of loads when it is opened first.
 *
 * @param pages undefined for those who have none
 */
export function usePalette(pages: readonly PalettePage[] | undefined): {
  readonly openPalette: () => void;
  /** Where it is rendered while it is open. */
  readonly palette: ReactNode;
} {
  const [isOpen, setOpen] = useState(false);
  const [early, setEarly] = useState('');
  const isThere = pages !== undefined;
  useEffect(() => {
    if (!isThere) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setEarly('');
      setOpen((before) => !before);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [isThere]);
  const openPalette = useCallback(() => {
    setEarly('');
    setOpen(true);
  }, []);
  const close = useCallback(() => {
    setOpen(false);
  }, []);
  const palette = isOpen && isThere && (
    <Suspense fallback={<EarlyKeys change={setEarly} close={close} />}>
      <Palette pages={pages} close={close} early={early} />
    </Suspense>
  );
  return { openPalette, palette };
}

/** Keeps what is typed before the palette is there, which begins with it. */
function EarlyKeys({
  change,
  close,
}: {
  readonly change: Dispatch<SetStateAction<string>>;
  readonly close: () => void;
}): ReactNode {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key.length === 1) change((text) => text + event.key);
      else if (event.key === 'Backspace') change((text) => text.slice(0, -1));
      else if (event.key === 'Escape') close();
      // What is behind the palette must not be chosen.
      else if (event.key !== 'Enter') return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => {
      removeEventListener('keydown', onKey, { capture: true });
    };
  }, [change, close]);
  return null;
}
