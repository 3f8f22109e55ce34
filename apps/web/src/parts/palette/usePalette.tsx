import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
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

/** The palette, which Ctrl or Cmd with K opens anywhere. What it is made of loads when it is opened first. */
export function usePalette(pages: readonly PalettePage[]): {
  readonly openPalette: () => void;
  /** Where it is rendered while it is open. */
  readonly palette: ReactNode;
} {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  const openPalette = useCallback(() => {
    setOpen(true);
  }, []);
  const palette = isOpen && (
    <Suspense>
      <Palette
        pages={pages}
        close={() => {
          setOpen(false);
        }}
      />
    </Suspense>
  );
  return { openPalette, palette };
}
