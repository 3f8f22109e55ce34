import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { Notice } from './Notice.tsx';

export function NotFound(): ReactNode {
  const { say } = useWords();
  return (
    <Notice title={say('trouble.notFound')} action={<Link to="/">{say('trouble.toToday')}</Link>}>
      {say('trouble.notFoundText')}
    </Notice>
  );
}
