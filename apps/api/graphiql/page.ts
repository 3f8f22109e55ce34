import { DEMO_PASSWORD, type DemoAccount } from '#demo';

export type { DemoAccount };

/** The document that loads GraphiQL. Whom to sign in as is data in it, read by client.js: the policy allows no inline script. */
export function pageText(assets: string, accounts: readonly DemoAccount[]): string {
  const data = { password: DEMO_PASSWORD, accounts };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>Mutual – GraphiQL</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${assets}/graphiql.css" />
    <link rel="stylesheet" href="${assets}/client.css" />
  </head>
  <body data-demo="${escaped(JSON.stringify(data))}">
    <nav id="accounts" aria-label="Sign in as"></nav>
    <main id="graphiql">Loading GraphiQL …</main>
    <script defer src="${assets}/react.js"></script>
    <script defer src="${assets}/react-dom.js"></script>
    <script defer src="${assets}/graphiql.js"></script>
    <script defer src="${assets}/client.js"></script>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.codePointAt(0))};`);
}

export const pageStyle = `html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; }
#accounts { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 12px; font: 14px/1.4 system-ui, sans-serif; background: #f4f5f7; color: #1f2430; border-bottom: 1px solid #d5d8df; }
#accounts:empty { display: none; }
#accounts button { font: inherit; padding: 4px 10px; border: 1px solid #b8bdc9; border-radius: 6px; background: #fff; color: inherit; cursor: pointer; }
#accounts button[aria-pressed='true'] { background: #d60590; border-color: #d60590; color: #fff; }
#accounts [role='status'] { margin-left: auto; }
#graphiql { flex: 1; min-height: 0; }
`;
