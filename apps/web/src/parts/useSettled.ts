import { useEffect, useState } from 'react';

const SETTLE_MS = 150;

/** A value once it has not changed for a moment, so that not every keystroke is sent. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
