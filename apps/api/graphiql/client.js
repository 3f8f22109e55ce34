/*
 * Runs in the browser: GraphiQL, and above it the people of the demo organization. A click signs in through the ordinary API and sets
 * the header Authorization of the requests and subscriptions that follow.
 */
/* global document, GraphiQL, location, React, ReactDOM */

const { accounts, password } = JSON.parse(document.body.dataset.demo);
const fetcher = GraphiQL.createFetcher({
  url: '/graphql',
  // GraphiQL's package contains the client of graphql-transport-ws, which sends the headers of the operation when it connects.
  subscriptionUrl: `${location.origin.replace('http', 'ws')}/graphql`,
});
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
const bar = document.getElementById('accounts');

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { token }
}`;

const FIRST_QUERY = `# ${accounts.length > 0 ? 'Choose a person above to sign in as.' : 'Set the header Authorization to "Bearer TOKEN"; the mutation signIn returns a token.'}
# Ctrl-Enter runs the operation, Ctrl-Space completes names, and the book icon opens the documentation.
{
  viewer {
    person {
      name
      title
      manager { name }
      personalGoals { nodes { title status } }
    }
  }
}
`;

/** A change of key starts GraphiQL again, so that it reads the schema as the person who has signed in. */
function render(token) {
  root.render(
    React.createElement(GraphiQL, {
      key: token ?? '',
      fetcher,
      defaultQuery: FIRST_QUERY,
      defaultEditorToolsVisibility: 'headers',
      // Only those who have signed in can read the schema.
      ...(token === undefined && accounts.length > 0 && { schema: null }),
      ...(token !== undefined && {
        headers: JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2),
      }),
    }),
  );
}

async function signIn({ email }) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password } } }),
  });
  const { data, errors } = await response.json();
  if (!data?.signIn) throw new Error(errors?.[0]?.message ?? 'The service did not answer.');
  return data.signIn.token;
}

if (accounts.length > 0) {
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  const buttons = accounts.map((account) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${account.name}, ${account.role}`;
    button.title = account.description;
    button.addEventListener('click', () => {
      signIn(account).then(
        (token) => {
          for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
          status.textContent = `Signed in as ${account.name}.`;
          render(token);
        },
        (error) => {
          status.textContent = `Sign-in failed. ${error.message}`;
        },
      );
    });
    return button;
  });
  bar.append('Sign in as', ...buttons, status);
}

render();
