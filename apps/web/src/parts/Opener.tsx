import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';

/** A button in whose place a form opens. The first field gets the focus, and the button when the form closes. */
export function Opener({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (close: () => void) => ReactNode;
}): ReactNode {
  const [state, setState] = useState<'untouched' | 'open' | 'closed'>('untouched');
  if (state === 'open') {
    return (
      <Opened>
        {children(() => {
          setState('closed');
        })}
      </Opened>
    );
  }
  return (
    <Button
      key={state}
      variant="default"
      autoFocus={state === 'closed'}
      onClick={() => {
        setState('open');
      }}
    >
      {label}
    </Button>
  );
}

/** What has just opened: its first field gets the focus. */
export function Opened({ children }: { readonly children: ReactNode }): ReactNode {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    around.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  return (
    <div ref={around} style={{ width: '100%' }}>
      {children}
    </div>
  );
}
