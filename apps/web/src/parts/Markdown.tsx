import { Fragment, lazy, Suspense, type ReactNode } from 'react';
import classes from './Markdown.module.css';

interface Props {
  readonly text: string;
  /** In one line: paragraphs, lists and headings run on. */
  readonly inline?: boolean;
}

/** What only the lexer understands: signs of Markdown, links without them, lists, indented code, underlined headings. */
const FORMATTED = /[\\*_~`#<>[\]|&@]|https?:|www\.|^ {4}|\t|^\s*(?:[-+=]|\d+[.)])/im;

const load = async (): Promise<(props: Props) => ReactNode> =>
  (await import('./FormattedMarkdown.tsx')).FormattedMarkdown;
const Formatted = lazy(async () => ({
  default: await load().catch(() => PlainText),
}));
// It comes while the page asks for its data, so that a text which needs it seldom changes its shape.
load().catch(() => undefined);

/**
 * Text that a person wrote in Markdown, as elements: no HTML of theirs is ever interpreted, and no picture of another host loaded. Most
 * texts have no signs of Markdown: these do not wait for its lexer (13 kB), and others show as they were typed until it is there.
 */
export function Markdown(props: Props): ReactNode {
  if (!FORMATTED.test(props.text)) return <PlainText {...props} />;
  return (
    <Suspense fallback={<PlainText {...props} />}>
      <Formatted {...props} />
    </Suspense>
  );
}

function PlainText({ text, inline = false }: Props): ReactNode {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return paragraphs.map((paragraph, at) => {
    const lines = paragraph.split('\n').map((line, index) => (
      <Fragment key={index}>
        {index > 0 && <br />}
        {line.trim()}
      </Fragment>
    ));
    if (!inline) {
      return (
        <p key={at} className={classes['block']}>
          {lines}
        </p>
      );
    }
    return (
      <Fragment key={at}>
        {at > 0 && ' '}
        {lines}
      </Fragment>
    );
  });
}
