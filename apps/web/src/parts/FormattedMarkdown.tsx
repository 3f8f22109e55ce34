import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';
import classes from './Markdown.module.css';

/**
 * Text that a person wrote in Markdown, as elements: no HTML of theirs is ever interpreted, and no picture of another host loaded.
 *
 * @param props.inline in one line: paragraphs, lists and headings run on
 */
export function FormattedMarkdown({
  text,
  inline = false,
}: {
  readonly text: string;
  readonly inline?: boolean;
}): ReactNode {
  const tokens = lexer(text, { gfm: true, breaks: true });
  return inline ? tokens.map((token, at) => <Fragment key={at}>{runOn(token)}</Fragment>) : blocks(tokens);
}

function blocks(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, at) => <Fragment key={at}>{block(token as MarkedToken)}</Fragment>);
}

type MarkedToken =
  | Tokens.Paragraph
  | Tokens.Heading
  | Tokens.List
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Hr
  | Tokens.Space
  | Tokens.HTML
  | Tokens.Text
  | Tokens.Table;

function block(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'space':
      return null;
    case 'hr':
      return <hr />;
    case 'paragraph':
      return <p className={classes['block']}>{spans(token.tokens)}</p>;
    case 'heading':
      // The page has its own headings.
      return (
        <p className={classes['block']}>
          <strong>{spans(token.tokens)}</strong>
        </p>
      );
    case 'blockquote':
      return <blockquote className={classes['quote']}>{blocks(token.tokens)}</blockquote>;
    case 'list': {
      const List = token.ordered ? 'ol' : 'ul';
      return (
        <List className={classes['list']} data-ordered={token.ordered || undefined}>
          {token.items.map((item, at) => (
            <li key={at}>{blocks(item.tokens)}</li>
          ))}
        </List>
      );
    }
    case 'code':
      return <pre className={classes['code']}>{token.text}</pre>;
    case 'text':
      return token.tokens === undefined ? token.text : spans(token.tokens);
    default:
      return <p className={classes['block']}>{token.raw}</p>;
  }
}

function runOn(token: Token): ReactNode {
  if (token.type === 'space') return ' ';
  if (token.type === 'list') {
    return (token as Tokens.List).items.map((item, at) => (
      <Fragment key={at}>
        {at > 0 && ', '}
        {item.tokens.map((inner, index) => (
          <Fragment key={index}>{runOn(inner)}</Fragment>
        ))}
      </Fragment>
    ));
  }
  return 'tokens' in token ? spans(token.tokens) : token.raw;
}

function spans(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, at) => <Fragment key={at}>{span(token)}</Fragment>);
}

function span(token: Token): ReactNode {
  const inner = 'tokens' in token ? spans(token.tokens) : undefined;
  switch (token.type) {
    case 'strong':
      return <strong>{inner}</strong>;
    case 'em':
      return <em>{inner}</em>;
    case 'del':
      return <del>{inner}</del>;
    case 'br':
      return <br />;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'link': {
      const { href } = token as Tokens.Link;
      return /^(https?|mailto):/i.test(href) ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {inner}
        </a>
      ) : (
        inner
      );
    }
    case 'text':
    case 'escape':
      return inner ?? (token as Tokens.Text).text;
    default:
      return token.raw;
  }
}
