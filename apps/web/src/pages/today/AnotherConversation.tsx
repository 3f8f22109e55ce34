import { useState, type ComponentProps, type ReactNode } from 'react';
import { later } from '../../parts/later.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useWords } from '../../words/words.tsx';

const FirstConversation = later(() => import('./FirstConversation.tsx'), 'FirstConversation');

/** Starts one more one-to-one, below those that the viewer has. */
export function AnotherConversation(props: ComponentProps<typeof FirstConversation>): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <QuietButton
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {say('today.another')}
      </QuietButton>
      {isOpen && <FirstConversation {...props} />}
    </div>
  );
}
